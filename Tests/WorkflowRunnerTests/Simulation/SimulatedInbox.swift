import WorkflowEngine

/// The branch on which people decide by commit, as a list of commits.
struct SimulatedInbox {
  struct Commit {
    var id: String
    var by: PersonID
    var mark: String
    var instance: Int
    var decide: Command.Decide
  }

  /// Name of the cursor that says which commit was taken in last.
  static let cursor = "inbox"

  private(set) var commits: [Commit] = []
  private var made = 0

  mutating func commit(by person: PersonID, mark: String, _ instance: Int, _ decide: Command.Decide) {
    made += 1
    let digits = String(made, radix: 16)
    let id = String(repeating: "0", count: 40 - digits.count) + digits
    commits.append(Commit(id: id, by: person, mark: mark + "-\(made)", instance: instance, decide: decide))
    commits[commits.count - 1].decide.reason = commits[commits.count - 1].mark
  }

  /// A force-push: the last commits are gone.
  mutating func rewrite(_ pick: Int) -> Bool {
    guard !commits.isEmpty else { return false }
    commits.removeLast(1 + pick % commits.count)
    return true
  }

  /// Where reading goes on after a commit; `nil` where it is not on the branch any more: nothing is taken then.
  func position(of commit: String?) -> Int? {
    guard let commit else { return 0 }
    return commits.firstIndex { $0.id == commit }.map { $0 + 1 }
  }
}

/// How far a living process has read the inbox: one commit at a time.
struct InboxReading {
  var position: Int?
  private var expected: (call: Int, next: Int)?

  var isIdle: Bool { expected == nil }

  mutating func expect(_ call: Int, next: Int) { expected = (call, next) }

  mutating func heard(_ call: Int, isTaken: Bool) {
    guard let expected, expected.call == call else { return }
    self.expected = nil
    position = isTaken ? expected.next : nil
  }

  /// The answer was no answer: everything after the cursor is read again.
  mutating func stop(_ call: Int) { heard(call, isTaken: false) }
}
