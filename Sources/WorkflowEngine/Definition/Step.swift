package import CEL

/// One step of a workflow: what it does (`kind`) and the modifiers that any step may carry.
package struct Step: Sendable, Hashable {
  package var id: StepID
  package var title: String?
  package var summary: String?
  package var kind: Kind
  /// Where each outcome leads. A target is a step, for `leave` beside it see ``leave``.
  package var then: [Outcome: StepID] = [:]
  /// Cancels the frame of the named gateway and goes on in its parent.
  package var leave: StepID?
  package var set: [Assignment] = []
  package var due: TimeSpan?
  package var escalate: [Escalation] = []
  package var expires: TimeSpan?
  /// First match wins.
  package var onError: [ErrorRoute] = []
  package var onEvent: [EventHandler] = []
  package var each: Each?

  package init(id: StepID, kind: Kind, then: [Outcome: StepID] = [:]) {
    self.id = id
    self.kind = kind
    self.then = then
  }

  package enum Kind: Sendable, Hashable {
    /// Asks a person, with a form.
    case task(TaskStep)
    /// A chain of levels of approvers.
    case approval(ApprovalStep)
    /// Has something done: `http`, `run`, `job`, a custom type.
    case service(ServiceStep)
    case gateway(GatewayStep)
    case join(JoinStep)
    case wait(WaitStep)
    /// Tells people; delivery is owed work.
    case notification(NotificationStep)
    /// Another workflow as a child.
    case call(CallStep)
    /// A decision table, first match.
    case table(TableStep)
    case end(EndStep)
    /// A state of a state machine.
    case state(StateStep)
  }

  /// The word that the file uses after `type:`.
  package var type: String {
    switch kind {
    case .task: "task"
    case .approval: "approval"
    case .service: "service"
    case .gateway: "gateway"
    case .join: "join"
    case .wait: "wait"
    case .notification: "notification"
    case .call: "call"
    case .table: "table"
    case .end: "end"
    case .state: "state"
    }
  }

  /// What people read: the title, or the id as words.
  package var label: String {
    title ?? id.split(separator: "_").joined(separator: " ").prefix(1).uppercased()
      + id.split(separator: "_").joined(separator: " ").dropFirst()
  }
}

package struct TaskStep: Sendable, Hashable {
  package var assignees: [Selector]
  package var form: Schema?
  package var prefill: [Assignment] = []
  package var show: [Assignment]?
  /// The buttons; `["done"]` unless the file names its own.
  package var outcomes: [Outcome] = ["done"]

  package init(assignees: [Selector]) {
    self.assignees = assignees
  }
}

package struct ServiceStep: Sendable, Hashable {
  /// `http`, `run`, `job`, ...
  package var uses: String
  /// What `with:` says, in the author's order.
  package var parameters: [Parameter] = []
  package var idempotent = false
  package var retry = Retry()
  /// Bounds one attempt; `nil`: 30 s.
  package var timeout: TimeSpan?
  package var output: Schema?
  /// What takes the step back when the instance is cancelled or given up.
  package var undo: Undo?

  package init(uses: String, parameters: [Parameter] = []) {
    self.uses = uses
    self.parameters = parameters
  }
}

/// A named value under `with:`.
package struct Parameter: Sendable, Hashable {
  package var name: String
  package var value: ValueTemplate

  package init(name: String, value: ValueTemplate) {
    self.name = name
    self.value = value
  }
}

package struct Undo: Sendable, Hashable {
  package var uses: String
  package var parameters: [Parameter]

  package init(uses: String, parameters: [Parameter]) {
    self.uses = uses
    self.parameters = parameters
  }
}

/// When a failed attempt is tried again.
package struct Retry: Sendable, Hashable {
  /// How many attempts in all.
  package var attempts = 3
  package var first: Duration = .seconds(1)
  package var factor: Double = 2
  package var max: Duration = .seconds(300)
  /// Codes that are retried; `nil`: network, timeout, 408, 429 and 5xx.
  package var on: [String]?

  package init() {}
}

package struct GatewayStep: Sendable, Hashable {
  package enum Mode: String, Sendable, Hashable, CaseIterable { case exclusive, inclusive, parallel }
  package var mode: Mode
  package var branches: [Branch]

  package init(mode: Mode = .exclusive, branches: [Branch]) {
    self.mode = mode
    self.branches = branches
  }
}

/// `{when: expression, then: step}` or `{otherwise: step}`.
package struct Branch: Sendable, Hashable {
  package var when: Formula?
  package var isOtherwise: Bool
  package var then: StepID

  package init(when: Formula? = nil, isOtherwise: Bool = false, then: StepID) {
    self.when = when
    self.isOtherwise = isOtherwise
    self.then = then
  }
}

package struct JoinStep: Sendable, Hashable {
  package enum Wait: Sendable, Hashable { case all, any, count(Int) }
  /// The gateway that it closes.
  package var of: StepID
  package var wait: Wait

  package init(of: StepID, wait: Wait = .all) {
    self.of = of
    self.wait = wait
  }
}

/// Waits for a duration, a moment, a message, or the first of several.
package struct WaitStep: Sendable, Hashable {
  package var span: TimeSpan?
  package var until: Moment?
  package var event: String?
  package var key: Formula?

  package init(span: TimeSpan? = nil, until: Moment? = nil, event: String? = nil, key: Formula? = nil) {
    self.span = span
    self.until = until
    self.event = event
    self.key = key
  }
}

package struct NotificationStep: Sendable, Hashable {
  package var to: [Selector]
  /// `log`, `webhook`, later `mail` and chat; a channel of `writ.yaml`.
  package var channel: String?
  package var subject: Template
  package var body: Template

  package init(to: [Selector], channel: String? = nil, subject: Template, body: Template) {
    self.to = to
    self.channel = channel
    self.subject = subject
    self.body = body
  }
}

package struct CallStep: Sendable, Hashable {
  /// The code of a child that could not be started.
  package static let refused = "child.refused"

  package var workflow: String
  package var input: [Assignment]

  package init(workflow: String, input: [Assignment]) {
    self.workflow = workflow
    self.input = input
  }
}

package struct TableStep: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    /// `nil` always matches.
    package var when: Formula?
    package var outcome: Outcome?
    package var values: [Assignment]

    package init(when: Formula?, outcome: Outcome?, values: [Assignment]) {
      self.when = when
      self.outcome = outcome
      self.values = values
    }
  }
  package var rows: [Row]

  package init(rows: [Row]) {
    self.rows = rows
  }
}

package struct EndStep: Sendable, Hashable {
  package var outcome: Outcome?
  package var terminate = false
  package var undo = false

  package init(outcome: Outcome? = nil, terminate: Bool = false, undo: Bool = false) {
    self.outcome = outcome
    self.terminate = terminate
    self.undo = undo
  }
}

package struct StateStep: Sendable, Hashable {
  package struct Move: Sendable, Hashable {
    package var name: String
    package var by: [Selector]
    package var form: Schema?
    package var when: Formula?
    package var set: [Assignment]
    /// `nil`: `stay`.
    package var then: StepID?

    package init(name: String, by: [Selector], form: Schema?, when: Formula?, set: [Assignment], then: StepID?) {
      self.name = name
      self.by = by
      self.form = form
      self.when = when
      self.set = set
      self.then = then
    }
  }
  package var moves: [Move]
  package var approval: ApprovalStep?
  package var isFinal: Bool

  package init(moves: [Move], approval: ApprovalStep? = nil, isFinal: Bool = false) {
    self.moves = moves
    self.approval = approval
    self.isFinal = isFinal
  }
}

/// `on-error: [{code, then}]`; no code matches every error.
package struct ErrorRoute: Sendable, Hashable {
  package var code: String?
  package var then: StepID

  package init(code: String? = nil, then: StepID) {
    self.code = code
    self.then = then
  }
}

/// `on-event: {event, cancel, then}` on a step or a workflow.
package struct EventHandler: Sendable, Hashable {
  package var event: String
  package var key: Formula?
  /// `cancel: all` (default) or `none`.
  package var cancels: Bool
  package var then: StepID

  package init(event: String, key: Formula? = nil, cancels: Bool = true, then: StepID) {
    self.event = event
    self.key = key
    self.cancels = cancels
    self.then = then
  }
}

/// One visit of the step per item of a list.
package struct Each: Sendable, Hashable {
  package var list: Formula
  package var until: Formula?
  package var maxParallel: Int?
  package var keepsFailures: Bool

  package init(list: Formula, until: Formula? = nil, maxParallel: Int? = nil, keepsFailures: Bool = false) {
    self.list = list
    self.until = until
    self.maxParallel = maxParallel
    self.keepsFailures = keepsFailures
  }
}
