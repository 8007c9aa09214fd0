import ArgumentParser
import Foundation

/// Where the workflow repository is; the same for every verb.
struct RepositoryOption: ParsableArguments {
  @Option(name: [.customShort("C"), .customLong("repository")], help: "A folder in the workflow repository.")
  var path = "."

  func place() throws -> Place { try Place(at: folder) }

  var folder: String { URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL.path }
}

/// For verbs that print data.
struct OutputOption: ParsableArguments {
  @Flag(help: "Print JSON.")
  var json = false
}
