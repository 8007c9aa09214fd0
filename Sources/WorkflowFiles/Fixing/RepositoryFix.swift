import WorkflowEngine

/// Mends by machine what can be mended safely: each fix puts one text in the place of what a finding underlines, and nothing
/// else in the file changes, comments and formatting included.
///
/// A fix is safe by trial, not by promise: the repository is checked with it, and it counts only where its finding is gone and
/// nothing came in its place.
package struct RepositoryFix {
  private let tree: any FileTree
  /// The repository as it would be.
  package private(set) var checked: CheckedRepository
  /// The new text of each file that changes.
  package private(set) var edited: [String: [UInt8]] = [:]
  /// The findings that are gone, in the order in which they were mended.
  package private(set) var mended: [Finding] = []
  private var tried: Set<Problem> = []

  /// A finding wherever it stands: places move while a file is mended.
  private struct Problem: Hashable {
    let file: String
    let code: String
    let message: String

    init(_ finding: Finding) { (file, code, message) = (finding.place.file, finding.code, finding.message) }
  }

  /// Each costs a check of the whole repository.
  private static let mostTrials = 1_000

  /// - Parameter only: files that may change; empty: all.
  package init(_ tree: any FileTree, only: [String] = []) throws {
    self.tree = tree
    checked = try RepositoryCheck.check(tree)
    while tried.count < Self.mostTrials, let finding = next(in: only) { try attempt(finding) }
  }

  private func next(in only: [String]) -> Finding? {
    checked.findings.first { finding in
      finding.fix != nil && (only.isEmpty || only.contains(finding.place.file)) && !tried.contains(Problem(finding))
    }
  }

  private mutating func attempt(_ finding: Finding) throws {
    tried.insert(Problem(finding))
    let file = finding.place.file
    guard let bytes = checked.files[file].flatMap({ finding.mending($0) }) else { return }
    let trial = try RepositoryCheck.check(EditedTree(tree: tree, edited: edited.merging([file: bytes]) { $1 }))
    guard isBetter(trial, without: finding) else { return }
    edited[file] = bytes
    checked = trial
    mended.append(finding)
    // The same problem may stand in another place.
    tried.remove(Problem(finding))
  }

  /// Rules look only at what could be read: they may find something once it can be.
  private func isBetter(_ trial: CheckedRepository, without finding: Finding) -> Bool {
    let before = Self.counted(checked.findings)
    let after = Self.counted(trial.findings)
    let wasRead = !checked.findings.contains { $0.severity == .error && $0.isOfReading }
    let problem = Problem(finding)
    guard after[problem, default: 0] < before[problem, default: 0] else { return false }
    return trial.findings.allSatisfy { found in
      after[Problem(found), default: 0] <= before[Problem(found), default: 0] || !wasRead && !found.isOfReading
    }
  }

  private static func counted(_ findings: [Finding]) -> [Problem: Int] {
    findings.reduce(into: [:]) { $0[Problem($1), default: 0] += 1 }
  }
}

extension Finding {
  /// Found while files were read, before any rule looked at what they mean: `W001` to `W099`.
  fileprivate var isOfReading: Bool { code.hasPrefix("W0") }

  /// The file with what this underlines replaced by its fix.
  fileprivate func mending(_ bytes: [UInt8]) -> [UInt8]? {
    guard let fix, let start = place.start?.offset, let end = place.end?.offset, start < end, end <= bytes.count else {
      return nil
    }
    return bytes[..<start] + Array(fix.utf8) + bytes[end...]
  }
}

/// A tree with some files changed.
private struct EditedTree: FileTree {
  let tree: any FileTree
  let edited: [String: [UInt8]]

  func files() throws -> [TreeFile] { try tree.files() }

  func read(_ path: String) throws -> [UInt8]? { try edited[path] ?? tree.read(path) }
}
