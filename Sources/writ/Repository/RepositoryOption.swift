import ArgumentParser
import Foundation

/// Where the workflow repository is; the same for every verb.
struct RepositoryOption: ParsableArguments {
  @Option(name: [.customShort("C"), .customLong("repository")], help: "A folder in the workflow repository.")
  var path = "."

  func place() throws -> Place { try Place(at: folder) }

  /// The working tree's definitions: a folder with a `writ.yaml` of its own stands for itself, in whatever repository it lies.
  var definitions: String {
    let isOwn = FileManager.default.fileExists(atPath: folder + "/writ.yaml")
    return isOwn ? folder : (try? place())?.folder ?? folder
  }

  var folder: String { URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL.path }
}

/// For verbs that print data.
struct OutputOption: ParsableArguments {
  @Flag(help: "Print JSON.")
  var json = false
}
