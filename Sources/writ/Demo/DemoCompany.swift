import CEL
import Foundation

/// The scratch repository: the example workflows in a real git repository, committed with stock git.
struct DemoCompany {
  /// Who is at the keyboard: leads people and money, so much waits for him.
  static let person = "marcus"
  static let email = "marcus@example.com"
  static let name = "Marcus Okafor"

  let folder: String
  let port: Int
  private let files: [(path: String, text: String)]

  init(in path: String?, port: Int) throws {
    files = try ExampleWorkflows.all()
    self.port = port
    let fresh = FileManager.default.temporaryDirectory.appending(path: "writ-demo-\(Secret.make().prefix(6))")
    let root = path.map { URL(fileURLWithPath: $0, isDirectory: true).standardizedFileURL } ?? fresh
    guard !FileManager.default.fileExists(atPath: root.appending(path: "company").path) else {
      throw Complaint(.conflict, "\(root.path) has a company already", hint: "name another folder, or delete it first")
    }
    folder = root.appending(path: "company").path
  }

  /// Priya is away for some days towards the end of the month, and Nadia covers her.
  private static func withAbsence(_ people: String, since instant: Timestamp) -> String {
    let days = [17, 23].map { Timestamp(milliseconds: instant.milliseconds + $0 * 86_400_000).date.description }
    let entry = "    email: priya@example.com\n"
    return people.replacing(entry, with: "\(entry)    absences: [{from: \(days[0]), to: \(days[1]), cover: nadia}]\n")
  }

  /// Writes the files and commits them as the release managers of the company did, a month ago.
  func make(at instant: Timestamp) throws {
    for (path, text) in files {
      let file = URL(fileURLWithPath: folder).appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      var own = text.replacing("http://localhost:8080", with: "http://127.0.0.1:\(port)")
      if path == "people.yaml" { own = Self.withAbsence(own, since: instant) }
      try Data(own.utf8).write(to: file)
    }
    let date = "\(instant.seconds) +0000"
    let git = GitProgram(folder: folder, environment: ["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date])
    try git.run("init", "--quiet", "--initial-branch=main")
    try git.run("config", "user.name", "Dario Conti")
    try git.run("config", "user.email", "dario@example.com")
    try git.run("config", "commit.gpgsign", "false")
    try git.run("add", "--all")
    try git.run("commit", "--quiet", "--message", "The company's first workflows")
    try git.run("config", "user.name", Self.name)
    try git.run("config", "user.email", Self.email)
  }
}
