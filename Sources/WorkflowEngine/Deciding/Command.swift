package import CEL

/// What somebody wants done. Every door translates its words into one of these.
package struct Command: Sendable, Hashable {
  /// Who asks: a handle of `people.yaml`, or `system:<part>`.
  package var principal: PersonID
  package var assurance: Assurance
  /// SHA-256 in hex of the evidence that the runner keeps for it.
  package var evidence: String?
  /// Fingerprint of the key whose signature was checked: what the assurances `key` and `forge` rest on.
  package var key: String?
  package var action: Action

  package init(
    by principal: PersonID, assurance: Assurance = .session, evidence: String? = nil, key: String? = nil,
    _ action: Action
  ) {
    self.principal = principal
    self.assurance = assurance
    self.evidence = evidence
    self.key = key
    self.action = action
  }

  package enum Action: Sendable, Hashable {
    case start(InstanceID, input: Value)
    /// The same for a visit that calls; the principal is the caller's initiator.
    case startChild(InstanceID, of: Caller, input: ValueMap, about: [PersonID])
    case childStarted(step: StepID, visit: Int, child: InstanceID)
    case childRefused(step: StepID, visit: Int, message: String)
    case childEnded(step: StepID, visit: Int, child: InstanceID, outcome: Outcome, output: ValueMap)
    /// The caller of this instance waits no longer.
    case abandon(reason: String)
    case decide(Decide)
    case delegate(step: StepID?, to: PersonID?, seat: PersonID?)
    case complete(step: StepID?, visit: Int?, outcome: Outcome?, result: Value)
    /// A move in a state.
    case move(String, step: StepID?, visit: Int?, result: Value)
    case comment(String, step: StepID?)
    /// Somebody who decides asks a person, the initiator where none is named.
    case ask(String, of: PersonID?, step: StepID?, visit: Int?)
    case answer(String, question: Int?, step: StepID?, visit: Int?)
    /// The initiator takes an open approval back.
    case withdraw(step: StepID?, visit: Int? = nil, reason: String?)
    /// An operator has an open approval asked anew: a new visit, with the people of now.
    case reopen(step: StepID?, visit: Int? = nil, reason: String?)
    /// A performer's answer: the id and attempt of the job that it answers.
    case jobDone(step: StepID, visit: Int, attempt: Int, result: Value)
    case jobFailed(step: StepID, visit: Int, attempt: Int, code: String, message: String)
    /// The runner ended in mid-work; what was handed out is handed out again.
    case redeliver
    case delivered(id: String)
    case deliveryFailed(id: String, code: String, message: String)
    /// A message that the instance waits for.
    case receive(Message)
    /// Timers of the instance are due; the engine sees which.
    case tick
    case retry(step: StepID?, reason: String?)
    case skip(step: StepID?, outcome: Outcome?, result: Value?, reason: String)
    case suspend(reason: String?)
    case resume(reason: String?)
    case cancel(reason: String?)
    /// An operator has it go on under the version that is deployed now.
    case migrate(reason: String?)
    /// The same, because that version was deployed this moment.
    case follow
  }

  package struct Decide: Sendable, Hashable {
    /// Which approval; `nil` where only one is open for the principal.
    package var step: StepID?
    package var visit: Int?
    package var level: String?
    package var verdict: Decision.Verdict
    package var reason: String?
    /// Digest of what the decider was shown; refused as stale if it has changed since.
    package var digest: String?
    package var nonce: String?
    /// SHA-256 in hex of the definition that the decider knew.
    package var definition: String?
    /// Whose seat the decider means to use; `nil`: the one that they may.
    package var seat: PersonID?

    package init(
      step: StepID? = nil, visit: Int? = nil, level: String? = nil, _ verdict: Decision.Verdict, reason: String? = nil,
      digest: String? = nil, nonce: String? = nil, definition: String? = nil, seat: PersonID? = nil
    ) {
      self.step = step
      self.visit = visit
      self.level = level
      self.verdict = verdict
      self.reason = reason
      self.digest = digest
      self.nonce = nonce
      self.definition = definition
      self.seat = seat
    }
  }
}
