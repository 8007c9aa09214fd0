import CEL
import Foundation
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// What people read with `git log`: a commit is the runner's, and its subject tells what its events tell.
extension RecordVerifier {
  /// What makes stock git show other objects than the record holds.
  mutating func verifyView() throws {
    let git = GitProgram(folder: path)
    for name in try git.outcome(["for-each-ref", "--format=%(refname)", "refs/replace/"]).output.split(separator: "\n")
    {
      report.note(String(name), "makes git show something else in place of what the record holds: remove it")
    }
    for file in ["info/grafts", "shallow"] {
      let place = try git.outcome(["rev-parse", "--path-format=absolute", "--git-path", file]).output
      if FileManager.default.fileExists(atPath: place) {
        report.note(file, "makes git show another history than the record holds: remove it, or clone in full")
      }
    }
  }

  mutating func verifyMaker(of commit: CommitInfo) throws {
    let unsigned = try verifySignature(of: commit)
    let runner = Signature.runner(at: commit.committer.time)
    if commit.author != runner || commit.committer != runner {
      report.note(
        "commit \(commit.id)",
        "is by \(commit.author.name) <\(commit.author.email)>, committed by \(commit.committer.name): the runner makes every commit"
      )
    }
    let headers = unsigned.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix {
      !$0.isEmpty
    }
    if headers.count != 3 + commit.parents.count {
      report.note("commit \(commit.id)", "has a header that the runner does not write")
    }
  }

  /// - Parameter told: the new lines of the instances that the commit changed, as they stand there.
  mutating func verifySubject(of commit: CommitInfo, _ message: CommitMessage, told: [InstanceID: [ArraySlice<UInt8>]])
  {
    guard let problem = Self.problem(in: message, told: told) else { return }
    report.note("commit \(commit.id)", "says '\(message.subject)': \(problem)")
  }

  private static func problem(in message: CommitMessage, told: [InstanceID: [ArraySlice<UInt8>]]) -> String? {
    var subject = message.subject[...]
    if let mark = subject.range(of: "deployed ", options: .backwards),
      message.deployed?.hasPrefix(subject[mark.upperBound...]) == true
    {
      subject = subject[..<mark.lowerBound]
      if subject.hasSuffix(", ") { subject.removeLast(2) }
    }
    let told = told.filter { !$0.value.isEmpty }
    let events = told.values.reduce(0) { $0 + $1.count }
    guard told.count == 1, let (id, lines) = told.first else {
      guard events > 0 else { return nil }
      let counted = "\(events) transitions in \(told.count) instances"
      return subject == counted ? nil : "these are \(counted)"
    }
    guard subject.hasPrefix("\(id): ") else { return "it is about \(id)" }
    guard let deed = Deed(in: subject) else { return nil }
    let isTold = lines.contains { line in
      guard let event = try? Value(json: line.dropFirst("  - ".utf8.count)) else { return false }
      return deed.isTold(by: event)
    }
    return isTold ? nil : "no event says that \(deed.person) did so"
  }

  /// `approve approved by marcus for anna`: who did it, and the verdict where it was one.
  private struct Deed {
    var person: String
    var verdict: Decision.Verdict?

    init?(in subject: Substring) {
      let words = subject.split(separator: " ")
      guard let by = words.lastIndex(of: "by"), by + 1 < words.count, by > 0 else { return nil }
      person = String(words[by + 1])
      verdict = Decision.Verdict.allCases.first { $0.past == words[by - 1] }
    }

    /// A step that a person left may have an outcome of the same name.
    func isTold(by event: Value) -> Bool {
      guard event["by"] == .string(person) else { return false }
      guard let verdict else { return true }
      return event["decision"] == .string(verdict.rawValue) || event["outcome"] == .string(verdict.past)
    }
  }
}
