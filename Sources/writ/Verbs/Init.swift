import ArgumentParser
import Foundation
import GitStore
import WorkflowFiles

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a folder a workflow repository, with a first workflow that works.",
    discussion: "Never overwrites a file. Commits nothing: that is yours to do.")

  @Argument(help: "The folder; it is made where it is missing.") var folder = "."
  @Option(help: ArgumentHelp("Begin with one of the example workflows instead; 'list' names them.", valueName: "name"))
  var example: String?

  func run() async throws {
    if example == "list" { return try ExampleWorkflows.list() }
    let root = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let git = GitProgram(folder: root.path)
    let isNew = try git.outcome(["rev-parse", "--git-dir"]).status != 0
    if isNew { try git.run("init", "--quiet", "--initial-branch=main") }
    let place = try Place(at: root.path)
    try place.repository.exclude("/state/")
    let files = try files(place, folder: root.lastPathComponent)
    let written = try files.filter {
      try write($0.text, to: URL(fileURLWithPath: place.folder).appending(path: $0.path))
    }
    for file in files {
      let isWritten = written.contains { $0.path == file.path }
      Terminal.out("\(isWritten ? Style.good("new ") : Style.quiet("kept")) \(file.path)")
    }
    sayWhatNext(place, isNew: isNew)
  }

  private func files(_ place: Place, folder: String) throws -> [(path: String, text: String)] {
    if let example { return try ExampleWorkflows.files(for: example) }
    let keyboard = Keyboard(place)
    guard let email = keyboard.email else {
      throw Complaint(
        .notAllowed, "git does not know who you are, and people.yaml begins with you",
        hint: "git config --global user.email you@example.com")
    }
    let name = keyboard.name ?? String(email.prefix { $0 != "@" })
    let scaffold = Scaffold(name: name, email: email, title: folder, branch: place.repository.headBranch ?? "main")
    return scaffold.files.map { ($0.path, Self.heading(of: $0.path) + $0.text) }
      + EditorSchema.all.map { (".schemas/\($0.fileName)", $0.render()) }
  }

  /// The line by which an editor knows what the file may hold.
  static func heading(of path: String) -> String {
    guard let schema = EditorSchema.all.first(where: { $0.describes(path) }) else { return "" }
    let up = String(repeating: "../", count: path.count { $0 == "/" })
    return "# yaml-language-server: $schema=\(up).schemas/\(schema.fileName)\n"
  }

  /// - Returns: whether it was written; what is there already stays.
  private func write(_ text: String, to file: URL) throws -> Bool {
    guard !FileManager.default.fileExists(atPath: file.path) else { return false }
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return true
  }

  private func sayWhatNext(_ place: Place, isNew: Bool) {
    let cd = folder == "." ? "" : "cd \(folder) && "
    Terminal.next("\nnext:")
    Terminal.note("  \(cd)git add --all && git commit --message 'Begin'")
    Terminal.note("  writ serve")
  }
}
