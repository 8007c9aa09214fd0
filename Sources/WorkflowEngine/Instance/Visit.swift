package import CEL

/// A step that was entered and waits: for a person, a result, a time or a message.
package struct Visit: Sendable, Hashable {
  package var step: StepID
  /// Counted per step over the whole instance; never reused.
  package var number: Int
  package var token: Int
  package var since: Timestamp
  package var due: Timestamp?
  package var timers: [Timer] = []
  /// What `on-event` waits for beside the work.
  package var listens: [Listening] = []
  /// The moves of a state.
  package var offers: [Offer] = []
  package var work: Work
  /// Waits for an operator; the work does not go on.
  package var incident: Incident?

  package init(step: StepID, number: Int, token: Int, since: Timestamp, work: Work) {
    self.step = step
    self.number = number
    self.token = token
    self.since = since
    self.work = work
  }

  package enum Work: Sendable, Hashable {
    case task(OpenTask)
    case approval(OpenApproval)
    case job(OpenJob)
    case wait(OpenWait)
    /// A state that holds no approval: it waits for one of its moves.
    case state
    case call(OpenCall)
    /// Could not even begin; see the incident.
    case blocked
  }

  /// What is decided in it; `nil` where it is no approval.
  package var approval: OpenApproval? {
    if case .approval(let open) = work { open } else { nil }
  }
}

/// Something that only an operator can mend: retry, skip or cancel.
package struct Incident: Sendable, Hashable {
  /// `http.503`, `timeout`, `expression`, `nobody`, `runaway`, ...
  package var code: String
  package var message: String
  package var since: Timestamp

  package init(code: String, message: String, since: Timestamp) {
    self.code = code
    self.message = message
    self.since = since
  }
}

package struct OpenTask: Sendable, Hashable {
  package var pool: [PersonID]
  /// First values of the form's fields.
  package var prefill: ValueMap
  /// The facts that the author chose to show.
  package var shown: [Shown]

  package init(pool: [PersonID], prefill: ValueMap, shown: [Shown]) {
    self.pool = pool
    self.prefill = prefill
    self.shown = shown
  }
}

/// A labelled fact, in the author's order.
package struct Shown: Sendable, Hashable {
  package var label: String
  package var value: Value

  package init(label: String, value: Value) {
    self.label = label
    self.value = value
  }
}

/// The level of an approval that is open, with everything by which its lawfulness is judged.
package struct OpenApproval: Sendable, Hashable {
  package var level: Int
  package var levelName: String
  package var shown: [Shown]
  /// SHA-256 in hex of the canonical bytes of what is shown.
  package var digest: String
  /// Used up by the decision.
  package var nonce: String
  package var pool: [Seat]
  package var excluded: [Exclusion]
  package var rule: ApprovalRule
  /// Decisions of the open level, in order.
  package var decisions: [Decision] = []
  /// Decisions of earlier levels of this visit.
  package var earlier: [Decision] = []
  /// Questions of this visit, answered or not, in order.
  package var questions: [Question] = []

  package init(
    level: Int, levelName: String, shown: [Shown], digest: String, nonce: String, pool: [Seat],
    excluded: [Exclusion], rule: ApprovalRule
  ) {
    self.level = level
    self.levelName = levelName
    self.shown = shown
    self.digest = digest
    self.nonce = nonce
    self.pool = pool
    self.excluded = excluded
    self.rule = rule
  }
}

/// A place in the pool: one decision at most.
package struct Seat: Sendable, Hashable {
  package var person: PersonID
  /// The selectors that named the person, as the file spells them.
  package var because: [String]
  /// Whom the seat is lent to, last one first asked.
  package var lentTo: [PersonID] = []

  package init(person: PersonID, because: [String]) {
    self.person = person
    self.because = because
  }

  /// Who may use the seat now.
  package var holder: PersonID { lentTo.last ?? person }
}

package struct Exclusion: Sendable, Hashable {
  package var person: PersonID
  package var because: String

  package init(person: PersonID, because: String) {
    self.person = person
    self.because = because
  }
}

/// When a level is approved and when rejected; fixed when it opens.
package struct ApprovalRule: Sendable, Hashable {
  package enum Needed: Sendable, Hashable {
    case count(Int)
    /// Everybody still in the pool.
    case all
    /// One per group; the groups are the selectors' texts.
    case eachGroup([String])
  }
  package var needed: Needed
  package var rejectWhen: ApprovalStep.RejectWhen
  package var delegates: ApprovalStep.Delegates
  package var assurance: Assurance?

  package init(
    needed: Needed, rejectWhen: ApprovalStep.RejectWhen, delegates: ApprovalStep.Delegates, assurance: Assurance?
  ) {
    self.needed = needed
    self.rejectWhen = rejectWhen
    self.delegates = delegates
    self.assurance = assurance
  }
}

/// What one person decided, and on whose seat.
package struct Decision: Sendable, Hashable {
  package enum Verdict: String, Sendable, Hashable, CaseIterable {
    case approve, reject
    case sendBack = "return"
  }
  package var verdict: Verdict
  package var by: PersonID
  /// The seat's person when it is not the decider.
  package var actingFor: PersonID?
  package var reason: String?
  package var assurance: Assurance
  package var at: Timestamp
  package var level: String
  /// Fingerprint of the key that signed; when it is revoked the decision counts no more.
  package var key: String?

  /// Whose seat it used.
  package var seat: PersonID { actingFor ?? by }

  package init(
    verdict: Verdict, by: PersonID, actingFor: PersonID?, reason: String?, assurance: Assurance, at: Timestamp,
    level: String, key: String? = nil
  ) {
    self.verdict = verdict
    self.by = by
    self.actingFor = actingFor
    self.reason = reason
    self.assurance = assurance
    self.at = at
    self.level = level
    self.key = key
  }
}

/// Owed work of a service step. Its id, `<instance>.<step>.<visit>`, is the service's idempotency key.
package struct OpenJob: Sendable, Hashable {
  package var uses: String
  /// `with:`, resolved; secrets stand as `{"$secret": name}` and are filled in by the performer.
  package var request: ValueMap
  /// Attempts that have failed so far.
  package var failures = 0
  /// How often the runner ended in mid-work while this was open.
  package var redeliveries = 0
  /// Bounds one attempt.
  package var timeout: Duration
  /// The finished visit that this takes back.
  package var undoes: Int?

  static let maximumRedeliveries = 10

  package init(uses: String, request: ValueMap, timeout: Duration) {
    self.uses = uses
    self.request = request
    self.timeout = timeout
  }
}

package struct OpenWait: Sendable, Hashable {
  package var event: String?
  package var key: Value?

  package init(event: String? = nil, key: Value? = nil) {
    self.event = event
    self.key = key
  }
}

extension Visit {
  /// Who is asked here and has not answered: the inbox of these people shows it.
  package var asked: [PersonID] {
    guard incident == nil else { return [] }
    switch work {
    case .task(let task): return task.pool
    case .approval(let approval):
      let used = Set(approval.decisions.map(\.seat))
      return approval.pool.filter { !used.contains($0.person) }.map(\.holder)
    case .state: return movers
    case .job, .wait, .call, .blocked: return []
    }
  }
}
