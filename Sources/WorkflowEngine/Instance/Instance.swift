package import CEL

/// A running process: the fold of its timeline, and everything that the next decision needs.
package struct Instance: Sendable, Hashable {
  package var id: InstanceID
  /// Path of the workflow: `finance/expense-approval`.
  package var workflow: String
  package var version: Int
  /// SHA-256 of the definition's exact text, in hex.
  package var definition: String
  package var title: String
  package var status: Status = .running
  /// An operator holds it; due timers and results wait.
  package var isSuspended = false
  package var startedAt: Timestamp
  package var initiator: PersonID
  /// What it is about: unique among the live instances of its workflow.
  package var object: String?
  package var input: ValueMap
  package var vars: ValueMap
  /// The visit that called it and waits for its end.
  package var caller: Caller?
  /// Persons whom its callers' approvals are about.
  package var about: [PersonID] = []
  package var due: Timestamp?
  /// The workflow's own deadlines.
  package var timers: [Timer] = []
  /// In order of id.
  package var tokens: [Token]
  /// Open frames in order of id; frame 0 is the root and is always there.
  package var frames: [Frame] = [Frame(id: 0, gateway: nil, parent: nil, branches: [])]
  /// Open visits that wait for something, in the order in which they opened.
  package var visits: [Visit] = []
  /// The workflow's own `on-event`, armed; nothing once one of them has cancelled what went on.
  package var listens: [Listening] = []
  /// How often each step was entered.
  package var counts: [StepID: Int] = [:]
  /// The latest finished visit of each step: `steps.<id>` in expressions.
  package var results: [StepID: StepResult] = [:]
  /// Messages to people that are not yet delivered.
  package var deliveries: [Delivery] = []
  /// What would take finished visits back, oldest first.
  package var undos: [NotedUndo] = []
  /// The end that waits until everything is taken back.
  package var undoing: Undoing?
  package var outcome: Outcome?
  package var output: ValueMap?
  package var endedAt: Timestamp?
  /// Events so far; the last one's number.
  package var events = 0
  /// Time of the last event; never goes back.
  package var lastEventAt: Timestamp
  package var lastToken: Int
  package var lastFrame = 0

  package enum Status: String, Sendable, Hashable, CaseIterable {
    /// Moving; only seen inside a decision.
    case running
    case waiting
    case completed
    /// An incident waits for an operator and nothing else goes on.
    case failed
    case suspended
    case cancelled

    package var isEnded: Bool { self == .completed || self == .cancelled }
  }

  /// Ended, and nothing is owed: belongs in the archive.
  package var isArchivable: Bool { status.isEnded && deliveries.isEmpty && visits.isEmpty }

  package func visit(_ step: StepID, _ number: Int) -> Visit? {
    visits.first { $0.step == step && $0.number == number }
  }
}

/// `expense-approval-42`: the number alone identifies an instance in its repository.
package struct InstanceID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let name: String
  package let number: Int

  package init(name: String, number: Int) {
    self.name = name
    self.number = number
  }

  /// Reads `expense-approval-42`.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard let dash = bytes.lastIndex(of: UInt8(ascii: "-")), dash != bytes.startIndex,
      let number = Int(text[bytes.index(after: dash)...]), number > 0
    else { return nil }
    self.init(name: String(text[..<dash]), number: number)
  }

  package var description: String { "\(name)-\(number)" }

  package static func < (left: InstanceID, right: InstanceID) -> Bool { left.number < right.number }
}

/// Where control stands.
package struct Token: Sendable, Hashable {
  package var id: Int
  package var frame: Int
  /// Index into the frame's branches; 0 in the root frame.
  package var branch: Int
  /// The step that it is ready to enter, or that it waits in.
  package var step: StepID
  /// The visit that it waits in; `nil` while it is ready to move.
  package var visit: Int?

  package init(id: Int, frame: Int, branch: Int, step: StepID, visit: Int? = nil) {
    self.id = id
    self.frame = frame
    self.branch = branch
    self.step = step
    self.visit = visit
  }
}

/// Scopes tokens: one firing of a gateway, with a branch per branch taken.
package struct Frame: Sendable, Hashable {
  package struct Branch: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable { case live, arrived, ended }
    /// First step of the branch.
    package var step: StepID
    package var state: State = .live

    package init(step: StepID, state: State = .live) {
      self.step = step
      self.state = state
    }
  }
  package var id: Int
  /// The gateway that opened it; `nil` for the root.
  package var gateway: StepID?
  package var parent: Parent?
  package var branches: [Branch]
  /// What an `each` goes through; such a frame has items in place of branches, and its `gateway` is the step.
  package var items: Items?

  /// The branch of the enclosing frame in which this one stands.
  package struct Parent: Sendable, Hashable {
    package var frame: Int
    package var branch: Int

    package init(frame: Int, branch: Int) {
      self.frame = frame
      self.branch = branch
    }
  }

  package init(id: Int, gateway: StepID?, parent: Parent?, branches: [Branch]) {
    self.id = id
    self.gateway = gateway
    self.parent = parent
    self.branches = branches
  }
}

/// What a finished visit left behind.
package struct StepResult: Sendable, Hashable {
  package var visit: Int
  package var outcome: Outcome
  package var output: Value
  package var by: PersonID?

  package init(visit: Int, outcome: Outcome, output: Value, by: PersonID?) {
    self.visit = visit
    self.outcome = outcome
    self.output = output
    self.by = by
  }
}

/// An instant at which something is owed.
package struct Timer: Sendable, Hashable {
  package enum Purpose: Sendable, Hashable {
    /// A `wait` step's own time.
    case wait
    case expires
    /// The n-th `escalate` entry.
    case escalate(Int)
    /// The next attempt of a job.
    case retry
  }
  package var purpose: Purpose
  package var at: Timestamp

  package init(_ purpose: Purpose, at: Timestamp) {
    self.purpose = purpose
    self.at = at
  }
}

/// A message to people, owed until it is delivered or given up. Its id is the message's idempotency key.
package struct Delivery: Sendable, Hashable {
  /// `<instance>.<step>.<visit>` for a notification step, with a suffix for reminders.
  package var id: String
  package var step: StepID
  package var to: [PersonID]
  package var channel: String?
  package var subject: String
  package var body: String
  /// That of the words; `nil`: English.
  package var language: String?
  package var attempts = 0
  /// Not before this instant; `nil`: now.
  package var notBefore: Timestamp?

  package init(id: String, step: StepID, to: [PersonID], channel: String?, subject: String, body: String) {
    self.id = id
    self.step = step
    self.to = to
    self.channel = channel
    self.subject = subject
    self.body = body
  }
}
