import Foundation

/// The workflows that come with the program: a whole invented company, whose files lie above the program itself.
enum ExampleWorkflows {
  private static let policy = ["writ.yaml", "people.yaml"]

  /// The folder that holds them: looked for upwards from the program, then from where it was started.
  static func folder() throws -> URL {
    let starts = [
      URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath(),
      URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true),
    ]
    for start in starts {
      var folder = start
      while folder.path != "/" {
        let isHere = (policy + ["workflows/finance/expense-approval.yaml"]).allSatisfy {
          FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
        }
        if isHere { return folder }
        folder.deleteLastPathComponent()
      }
    }
    throw Complaint(
      .notFound, "the example workflows are not beside this program",
      hint: "run it from a checkout of Writ, or begin with: writ init")
  }

  /// Every definition with its path, in order.
  static func all() throws -> [(path: String, text: String)] {
    let root = try folder()
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "workflows").path)
    let workflows = paths.filter { $0.hasSuffix(".yaml") }.sorted().map { "workflows/\($0)" }
    return try (policy + workflows).map { ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8)) }
  }

  static func list() throws {
    for (path, text) in try all() where path.hasPrefix("workflows/") && parts(of: path).count == 2 {
      let title = text.split(separator: "\n").first { $0.hasPrefix("description: ") }?.dropFirst(13) ?? ""
      Terminal.out("\(Style.bold(name(of: path).padding(to: 18)))  \(title)")
    }
  }

  /// The company, with the one workflow and what lies beside it.
  static func files(for example: String) throws -> [(path: String, text: String)] {
    let all = try all()
    guard all.contains(where: { $0.path.hasPrefix("workflows/") && name(of: $0.path) == example }) else {
      throw Complaint(.notFound, "there is no example '\(example)'", hint: "they are: writ init --example list")
    }
    return all.filter { policy.contains($0.path) || name(of: $0.path) == example }
  }

  private static func name(of path: String) -> String { parts(of: path).first ?? path }

  /// `expense-approval`, `yaml`; with more in between where it lies beside a definition.
  private static func parts(of path: String) -> [String] {
    path.split(separator: "/").last?.split(separator: ".").map(String.init) ?? []
  }
}
