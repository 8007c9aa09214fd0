package import WorkflowEngine

/// The message of a commit of the record: a subject for people, trailers for machines. It carries ids and handles,
/// never values or reasons, because it is shown where the files are not.
///
///     expense-approval-42: manager_approval approved by alice
///
///     Writ-Sequence: 107
///     Writ-Term: 3
///     Writ-Deployed: 4b825dc642cb6eb9a060e54bf8d69288fbee4904
package struct CommitMessage: Sendable, Hashable {
  package var subject: String
  /// Number of the batch.
  package var sequence: Int
  package var term: Int
  /// Hex id of the deployed commit.
  package var deployed: String?

  package init(subject: String, sequence: Int, term: Int, deployed: String?) {
    self.subject = subject
    self.sequence = sequence
    self.term = term
    self.deployed = deployed
  }

  package var text: String {
    let last = deployed.map { "Writ-Deployed: \($0)\n" } ?? ""
    return "\(subject)\n\nWrit-Sequence: \(sequence)\nWrit-Term: \(term)\n\(last)"
  }

  /// Reads what ``text`` writes; `nil` for a commit that is not the runner's.
  package init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 4, lines[1].isEmpty, let sequence = Self.number("Writ-Sequence: ", lines[2]),
      let term = Self.number("Writ-Term: ", lines[3])
    else { return nil }
    let mark = "Writ-Deployed: "
    let deployed = lines.count > 4 && lines[4].hasPrefix(mark) ? String(lines[4].dropFirst(mark.count)) : nil
    self.init(subject: lines[0], sequence: sequence, term: term, deployed: deployed)
    guard self.text == text || self.text == text + "\n" else { return nil }
  }

  private static func number(_ mark: String, _ line: String) -> Int? {
    line.hasPrefix(mark) ? Int(line.dropFirst(mark.count)) : nil
  }
}

extension CommitMessage {
  /// What one batch did, in one line: the most telling event of a single instance, else how much.
  package static func subject(
    _ changes: [(id: InstanceID, entries: [Entry])], deploying commit: String? = nil, messages: [MessageFile] = [],
    accepting acceptance: AcceptanceFile? = nil
  ) -> String {
    let events = changes.reduce(0) { $0 + $1.entries.count }
    if events == 0 {
      let message =
        messages.count == 1 ? messages.first.map { "message \($0.message.number) \($0.standing.rawValue)" } : nil
      let accepted = acceptance.map { "\($0.rewrite.branch): rewritten history accepted by \($0.by)" }
      return commit.map { "deployed \($0.prefix(12))" } ?? accepted ?? message ?? "bookkeeping"
    }
    let deployed = commit.map { ", deployed \($0.prefix(12))" } ?? ""
    if changes.count == 1, let change = changes.first, let telling = change.entries.max(by: isLessTelling) {
      return "\(change.id): \(telling.event.headline)\(deployed)".replacingLineBreaks
    }
    return "\(events) \(events == 1 ? "transition" : "transitions") in \(changes.count) instances\(deployed)"
  }

  /// Of two equally telling events the later one tells more.
  private static func isLessTelling(_ left: Entry, _ right: Entry) -> Bool {
    (left.event.weight, left.number) < (right.event.weight, right.number)
  }
}
