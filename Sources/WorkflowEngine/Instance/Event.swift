package import CEL

/// One line of a timeline: the single truth about an instance.
package struct Entry: Sendable, Hashable {
  /// 1, 2, 3 ...: order is the sequence, never time.
  package var number: Int
  /// Wall time in milliseconds.
  package var at: Timestamp
  package var event: Event

  package init(number: Int, at: Timestamp, event: Event) {
    self.number = number
    self.at = at
    self.event = event
  }
}

/// What happened. Whatever was resolved to make it happen (names, instants, values) stands in the event, so that the
/// fold never depends on the world of today.
package enum Event: Sendable, Hashable {
  case started(Started)
  /// A token went into a step.
  case entered(step: StepID, visit: Int, token: Int)
  case taskOpened(TaskOpened)
  case levelOpened(LevelOpened)
  /// The level's `when` was false.
  case levelSkipped(step: StepID, visit: Int, level: String)
  case jobOpened(JobOpened)
  case waitOpened(WaitOpened)
  case callOpened(CallOpened)
  case childStarted(step: StepID, visit: Int, child: InstanceID)
  case decided(Decided)
  case levelClosed(step: StepID, visit: Int, level: String, outcome: Outcome)
  /// A seat was lent or taken back (`to` is nil).
  case delegated(step: StepID, visit: Int, seat: PersonID, by: PersonID, to: PersonID?)
  /// Somebody who decides wants to know something first.
  case questionAsked(QuestionAsked)
  case questionAnswered(QuestionAnswered)
  /// People who had not decided left the selection, so they have no seat any more.
  case unseated(step: StepID, visit: Int, people: [PersonID])
  /// What an open approval had shown changed; the visit ended and a new one opens at the first level.
  case superseded(step: StepID, visit: Int)
  case attemptFailed(AttemptFailed)
  /// The runner ended in mid-work with the job open, so it is done again: nobody knows how far it had come.
  case redelivered(step: StepID, visit: Int)
  /// A visit finished; its token is ready at `to`, or has ended (`nil`).
  case left(Left)
  /// A gateway opened a frame.
  case forked(Forked)
  /// A step with `each` opened a frame for its items.
  case eachOpened(EachOpened)
  /// The next item of a frame was entered.
  case itemEntered(step: StepID, visit: Int, token: Int, frame: Int)
  case itemEnded(ItemEnded)
  /// The frame of an `each` closed; one token goes on in the step's own visit.
  case gathered(step: StepID, visit: Int, frame: Int, token: Int, cancelled: [VisitID])
  /// A branch reached its join.
  case arrived(step: StepID, token: Int)
  /// The join fired: its frame closed, what was left in it was cancelled.
  case joined(step: StepID, visit: Int, frame: Int, token: Int, cancelled: [VisitID])
  /// A frame whose branches all ended without a join.
  case frameClosed(frame: Int)
  /// The frame of a gateway was left early.
  case frameLeft(frame: Int, token: Int, to: StepID, cancelled: [VisitID])
  /// The time of the whole instance was up: its root frame was cancelled, one root token goes on.
  case expired(to: StepID, token: Int, cancelled: [VisitID])
  /// The instance takes long: those who are asked were reminded, or others are asked as well or instead.
  case overdue(index: Int, action: Escalated.Action, people: [PersonID])
  /// A timer did its work: a reminder, or people added or put in place of others.
  case escalated(Escalated)
  /// A message to people became owed.
  case notified(Delivery)
  case delivered(id: String)
  case deliveryFailed(id: String, code: String, message: String, notBefore: Timestamp?)
  case incident(IncidentOpened)
  /// An operator had the visit tried again.
  case retried(step: StepID, visit: Int, by: PersonID, reason: String?)
  /// An operator had an open approval asked anew.
  case reopened(step: StepID, visit: Int, by: PersonID, reason: String?)
  /// How the visit is taken back, should the instance be given up.
  case undoNoted(NotedUndo)
  /// The instance ends, and takes back first what it has done.
  case undoBegun(Undoing)
  case undoOpened(step: StepID, visit: Int, token: Int, undoes: Int)
  /// It was taken back, or an operator (`by`) had it passed over.
  case undone(step: StepID, visit: Int, undoes: Int, by: PersonID?, reason: String?)
  case commented(by: PersonID, text: String, step: StepID?)
  /// The result of a job that nobody waits for any more.
  case late(job: String, outcome: String)
  case suspended(by: PersonID, reason: String?)
  case resumed(by: PersonID, reason: String?)
  case cancelled(by: PersonID, reason: String?)
  case completed(outcome: Outcome, output: ValueMap)
  case listened(Listened)
  case received(Received)
  case sideBegun(SideBegun)
  case stateOpened(StateOpened)
  case stayed(Stayed)
  /// It goes on under a later version of its workflow.
  case migrated(Migrated)
}

package struct VisitID: Sendable, Hashable {
  package var step: StepID
  package var visit: Int

  package init(step: StepID, visit: Int) {
    self.step = step
    self.visit = visit
  }
}

package struct Started: Sendable, Hashable {
  package var instance: InstanceID
  package var workflow: String
  package var version: Int
  /// SHA-256 of the definition's exact text, in hex.
  package var definition: String
  package var title: String
  package var by: PersonID
  package var input: ValueMap
  package var vars: ValueMap
  package var step: StepID
  package var due: Timestamp?
  package var timers: [Timer]
  /// What it is about: unique among the live instances of its workflow.
  package var object: String?
  /// The visit that called it.
  package var caller: Caller?
  /// Persons whom its callers' approvals are about.
  package var about: [PersonID]

  package init(
    instance: InstanceID, workflow: String, version: Int, definition: String, title: String, by: PersonID,
    input: ValueMap, vars: ValueMap, step: StepID, due: Timestamp?, timers: [Timer], object: String? = nil,
    caller: Caller? = nil, about: [PersonID] = []
  ) {
    self.instance = instance
    self.workflow = workflow
    self.version = version
    self.definition = definition
    self.title = title
    self.by = by
    self.input = input
    self.vars = vars
    self.step = step
    self.due = due
    self.timers = timers
    self.object = object
    self.caller = caller
    self.about = about
  }
}

package struct TaskOpened: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var pool: [PersonID]
  package var prefill: ValueMap
  package var shown: [Shown]
  package var due: Timestamp?
  package var timers: [Timer]

  package init(
    step: StepID, visit: Int, pool: [PersonID], prefill: ValueMap, shown: [Shown], due: Timestamp?, timers: [Timer]
  ) {
    self.step = step
    self.visit = visit
    self.pool = pool
    self.prefill = prefill
    self.shown = shown
    self.due = due
    self.timers = timers
  }
}

package struct LevelOpened: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var level: Int
  package var name: String
  package var shown: [Shown]
  package var digest: String
  package var nonce: String
  package var pool: [Seat]
  package var excluded: [Exclusion]
  package var rule: ApprovalRule
  package var due: Timestamp?
  package var timers: [Timer]

  package init(
    step: StepID, visit: Int, level: Int, name: String, shown: [Shown], digest: String, nonce: String, pool: [Seat],
    excluded: [Exclusion], rule: ApprovalRule, due: Timestamp?, timers: [Timer]
  ) {
    self.step = step
    self.visit = visit
    self.level = level
    self.name = name
    self.shown = shown
    self.digest = digest
    self.nonce = nonce
    self.pool = pool
    self.excluded = excluded
    self.rule = rule
    self.due = due
    self.timers = timers
  }
}

package struct JobOpened: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var uses: String
  package var request: ValueMap
  package var timeout: Duration
  package var timers: [Timer]

  package init(step: StepID, visit: Int, uses: String, request: ValueMap, timeout: Duration, timers: [Timer]) {
    self.step = step
    self.visit = visit
    self.uses = uses
    self.request = request
    self.timeout = timeout
    self.timers = timers
  }
}

package struct WaitOpened: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var event: String?
  package var key: Value?
  package var timers: [Timer]

  package init(step: StepID, visit: Int, event: String?, key: Value?, timers: [Timer]) {
    self.step = step
    self.visit = visit
    self.event = event
    self.key = key
    self.timers = timers
  }
}

package struct Decided: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var level: String
  package var verdict: Decision.Verdict
  package var by: PersonID
  package var actingFor: PersonID?
  package var reason: String?
  package var assurance: Assurance
  /// SHA-256 in hex of the evidence kept beside the instance.
  package var evidence: String?
  /// Fingerprint of the key that signed: `SHA256:…`; `nil` for assurances that rest on none.
  package var key: String?

  /// Whose seat it used.
  package var seat: PersonID { actingFor ?? by }

  package init(
    step: StepID, visit: Int, level: String, verdict: Decision.Verdict, by: PersonID, actingFor: PersonID?,
    reason: String?, assurance: Assurance, evidence: String?, key: String? = nil
  ) {
    self.step = step
    self.visit = visit
    self.level = level
    self.verdict = verdict
    self.by = by
    self.actingFor = actingFor
    self.reason = reason
    self.assurance = assurance
    self.evidence = evidence
    self.key = key
  }
}

package struct AttemptFailed: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  /// 1, 2, 3 ...
  package var attempt: Int
  package var code: String
  package var message: String
  /// When the next attempt is owed; `nil`: there is none.
  package var retryAt: Timestamp?

  package init(step: StepID, visit: Int, attempt: Int, code: String, message: String, retryAt: Timestamp?) {
    self.step = step
    self.visit = visit
    self.attempt = attempt
    self.code = code
    self.message = message
    self.retryAt = retryAt
  }
}

package struct Left: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var token: Int
  package var outcome: Outcome
  package var output: Value
  package var by: PersonID?
  package var reason: String?
  /// Variables that `set` wrote.
  package var vars: ValueMap
  /// Variables that `set` left without a value.
  package var unset: [String]
  package var to: StepID?

  package init(
    step: StepID, visit: Int, token: Int, outcome: Outcome, output: Value, by: PersonID? = nil, reason: String? = nil,
    vars: ValueMap = [:], unset: [String] = [], to: StepID?
  ) {
    self.step = step
    self.visit = visit
    self.token = token
    self.outcome = outcome
    self.output = output
    self.by = by
    self.reason = reason
    self.vars = vars
    self.unset = unset
    self.to = to
  }
}

package struct Forked: Sendable, Hashable {
  package struct Branch: Sendable, Hashable {
    package var token: Int
    package var to: StepID

    package init(token: Int, to: StepID) {
      self.token = token
      self.to = to
    }
  }
  package var step: StepID
  package var visit: Int
  package var token: Int
  package var frame: Int
  package var branches: [Branch]

  package init(step: StepID, visit: Int, token: Int, frame: Int, branches: [Branch]) {
    self.step = step
    self.visit = visit
    self.token = token
    self.frame = frame
    self.branches = branches
  }
}

package struct Escalated: Sendable, Hashable {
  package enum Action: String, Sendable, Hashable, CaseIterable {
    case remind, add
    case handOver = "hand-over"
  }
  package var step: StepID
  package var visit: Int
  /// Index into the `escalate` list.
  package var index: Int
  package var action: Action
  /// Whom it reached: the reminded, the added, or the new holders.
  package var people: [PersonID]

  package init(step: StepID, visit: Int, index: Int, action: Action, people: [PersonID]) {
    self.step = step
    self.visit = visit
    self.index = index
    self.action = action
    self.people = people
  }
}

package struct IncidentOpened: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var token: Int
  package var code: String
  package var message: String

  package init(step: StepID, visit: Int, token: Int, code: String, message: String) {
    self.step = step
    self.visit = visit
    self.token = token
    self.code = code
    self.message = message
  }
}
