package import WorkflowEngine

/// What a file of the inbox says after a person edited it.
package enum InboxReading: Sendable, Hashable {
  /// Nothing was decided yet.
  case open(InboxBinding)
  case decision(InboxDecision)
  case completion(InboxCompletion)
  /// Asked, answered, withdrawn or reopened.
  case remark(InboxRemark)
  /// Something was written that cannot be taken; the answer says what and how to mend it.
  case unclear(InboxAnswer, InboxBinding?)
}

package struct InboxDecision: Sendable, Hashable {
  package var binding: InboxBinding
  package var verdict: Decision.Verdict
  package var reason: String?

  package init(binding: InboxBinding, verdict: Decision.Verdict, reason: String?) {
    self.binding = binding
    self.verdict = verdict
    self.reason = reason
  }

  /// The same in the engine's words.
  package var command: Command.Decide {
    Command.Decide(
      step: binding.step, visit: binding.visit, level: binding.level, verdict, reason: reason, digest: binding.shown,
      nonce: binding.nonce)
  }
}

package struct InboxCompletion: Sendable, Hashable {
  package var binding: InboxBinding
  package var outcome: Outcome
  /// Texts by the names of the form's fields, for ``Schema/value(fromForm:)``; lists and maps as JSON.
  package var fields: [String: String]

  package init(binding: InboxBinding, outcome: Outcome, fields: [String: String]) {
    self.binding = binding
    self.outcome = outcome
    self.fields = fields
  }
}
