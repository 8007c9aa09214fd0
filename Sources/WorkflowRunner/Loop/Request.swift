package import CEL
package import WorkflowEngine
package import WorkflowFiles

/// What a door hands to the runner: who wants what, with which evidence.
package struct Request: Sendable {
  /// A handle of `people.yaml`, or `system:<part>`.
  package var principal: PersonID
  package var assurance: Assurance
  /// The caller's idempotency key: the same key and the same request get the first answer again.
  package var key: String?
  /// Bytes that prove the decision: a raw commit, a signed document. Kept beside the instance.
  package var evidence: [UInt8]?
  /// Fingerprint of the key whose signature was checked; what `key` and `forge` rest on.
  package var signer: String?
  /// A cursor into another ref that moves together with the effects.
  package var cursor: Cursor?
  package var verb: Verb

  package init(
    by principal: PersonID, assurance: Assurance = .session, key: String? = nil, evidence: [UInt8]? = nil,
    signer: String? = nil, cursor: Cursor? = nil, _ verb: Verb
  ) {
    self.principal = principal
    self.assurance = assurance
    self.key = key
    self.evidence = evidence
    self.signer = signer
    self.cursor = cursor
    self.verb = verb
  }

  package enum Verb: Sendable {
    /// Starts an instance; the runner gives the number.
    case start(workflow: String, input: Value)
    /// Anything done to one instance, by its number.
    case act(Int, Command.Action)
    /// A message to whoever waits for it.
    case send(SentMessage)
    /// A message's time is up: see ``MessageFile/nextInstant``.
    case settle(message: Int)
    case deploy(DeployPlan)
    /// Goes on from what a rewritten branch holds now, as if nothing of it had to be read.
    case accept(Rewrite, reason: String)
    /// Moves a cursor without any other effect.
    case advance
  }
}

/// A message as its sender has it.
package struct SentMessage: Sendable, Hashable {
  package var event: String
  package var key: String?
  package var source: String?
  package var id: String?
  package var payload: Value

  package init(event: String, key: String?, source: String? = nil, id: String? = nil, payload: Value) {
    self.event = event
    self.key = key
    self.source = source
    self.id = id
    self.payload = payload
  }
}

/// How far the runner has read a ref of another repository.
package struct Cursor: Sendable, Hashable {
  package var ref: String
  /// Hex id of the last commit taken in.
  package var commit: String

  package init(ref: String, commit: String) {
    self.ref = ref
    self.commit = commit
  }
}

/// The answer to a request, given once it is durable.
package struct Receipt: Sendable {
  /// The instance after the request; `nil` for deployments and cursors.
  package var instance: Instance?
  /// What the request added to the timeline.
  package var entries: [Entry]
  /// Number of the batch that holds it.
  package var sequence: Int
  /// The same key, or the same message, had been answered before.
  package var isReplay: Bool
  /// What became of the message that was sent.
  package var message: MessageFile?

  package init(
    instance: Instance?, entries: [Entry], sequence: Int, isReplay: Bool = false, message: MessageFile? = nil
  ) {
    self.instance = instance
    self.entries = entries
    self.sequence = sequence
    self.isReplay = isReplay
    self.message = message
  }
}

/// Why a request has no receipt.
package enum SubmitError: Error, Sendable {
  /// Refused: nothing happened.
  case refused(Rejection)
  /// The record could not be written and was not touched: nothing happened.
  case notDone(String)
  /// The record may or may not hold it: repeat with the same key.
  case outcomeUnknown(String)
}
