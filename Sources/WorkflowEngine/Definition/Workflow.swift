package import CEL

/// A process as its file defines it, read and typed; what people review in a pull request.
///
/// A `Workflow` holds meaning only. Positions in the file stay with the reader, comments stay in the file.
package struct Workflow: Sendable, Hashable {
  /// Path below `workflows/` without extension: `finance/expense-approval`.
  package var name: String
  /// What it was called before its file was moved: instances of both are its own.
  package var renamedFrom: String?
  /// Language version the file is written in.
  package var language = 1
  package var title: String
  package var summary: String?
  /// Who answers for it.
  package var owner: Selector?
  package var tags: [String] = []
  package var access = Access()
  package var input: Schema?
  /// Of a state machine: what an instance is about, unique among those that live.
  package var object: Formula?
  package var variables: [Variable] = []
  /// A promise: shown and counted, never moves anything.
  package var due: TimeSpan?
  package var escalate: [Escalation] = []
  package var expires: Expiry?
  package var onEvent: [EventHandler] = []
  package var events: [MessageDeclaration] = []
  package var calendar: String?
  package var timezone: String?
  package var start: StepID
  /// In the author's order.
  package var steps: [Step]
  package var output: [Assignment] = []
  package var migration: Migration?

  package init(name: String, title: String, start: StepID, steps: [Step]) {
    self.name = name
    self.title = title
    self.start = start
    self.steps = steps
    self.places = [:]
    index()
  }

  private var places: [StepID: Int]

  /// Rebuilds the lookup by id; called after `steps` was edited.
  package mutating func index() {
    places = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func step(_ id: StepID) -> Step? {
    places[id].map { steps[$0] }
  }

  /// What a version stands for: two definitions with equal meanings are one version. Leaves out who answers for it,
  /// tags and descriptions, and the order in which steps are written.
  package var meaning: Workflow {
    var meaning = self
    meaning.owner = nil
    meaning.tags = []
    meaning.summary = nil
    for index in meaning.steps.indices { meaning.steps[index].summary = nil }
    meaning.steps.sort { $0.id < $1.id }
    meaning.index()
    return meaning
  }

  /// The last segment of the path: instances are called `<shortName>-<number>`.
  package var shortName: String { Self.shortName(of: name) }

  package static func shortName(of name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }
}

/// `[a-z][a-z0-9_]*`
package typealias StepID = String
/// `[a-z][a-z0-9_]*`; what a step leaves by.
package typealias Outcome = String
/// A handle of `people.yaml`, or `system:<trigger>`.
package typealias PersonID = String
package typealias RoleID = String

/// Who may start, see and operate the instances of a workflow.
package struct Access: Sendable, Hashable {
  package var start: [Selector] = []
  /// `nil` means the default: the initiator and everybody who was asked.
  package var view: [Selector]?
  /// `nil` means the default: the owner.
  package var operate: [Selector]?

  package init(start: [Selector] = [], view: [Selector]? = nil, operate: [Selector]? = nil) {
    self.start = start
    self.view = view
    self.operate = operate
  }
}

/// A variable with its first value, its schema, or both.
package struct Variable: Sendable, Hashable {
  package var name: String
  package var value: Formula?
  package var schema: Schema?

  package init(name: String, value: Formula? = nil, schema: Schema? = nil) {
    self.name = name
    self.value = value
    self.schema = schema
  }
}

/// `name: expression`, in the author's order: `set`, `show`, `prefill`, `output`.
package struct Assignment: Sendable, Hashable {
  package var name: String
  package var value: Formula

  package init(_ name: String, _ value: Formula) {
    self.name = name
    self.value = value
  }
}

/// What a later version says about instances of earlier ones.
package struct Migration: Sendable, Hashable {
  /// Versions that may move; empty: all earlier ones.
  package var from: [Int] = []
  /// Old step to new step; what is not named maps to itself.
  package var steps: [StepID: StepID] = [:]
  /// Old steps whose branches end.
  package var drop: [StepID] = []
  package var pastApprovals: [StepID] = []
  package var set: [Assignment] = []

  package init() {}
}

/// A message that instances of the workflow may wait for.
package struct MessageDeclaration: Sendable, Hashable {
  package var name: String
  package var schema: Schema?
  /// Who may send it; nobody if empty.
  package var from: [Selector]
  /// How long a message that nobody waits for is kept; `nil`: 7 days.
  package var keep: TimeSpan?

  package init(name: String, schema: Schema? = nil, from: [Selector] = [], keep: TimeSpan? = nil) {
    self.name = name
    self.schema = schema
    self.from = from
    self.keep = keep
  }
}
