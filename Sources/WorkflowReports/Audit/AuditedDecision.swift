package import CEL
package import WorkflowEngine

/// One decision with everything that it stood on at that moment: who was asked and why, who was excluded, the rule, what
/// was shown, and the definition in force. Taken from the timeline alone; nothing is evaluated again.
package struct AuditedDecision: Sendable, Hashable {
  package var instance: InstanceID
  package var title: String
  package var initiator: PersonID
  package var workflow: String
  package var version: Int
  /// SHA-256 of the definition's exact text, in hex.
  package var definition: String
  /// Number of the event in the instance's timeline.
  package var event: Int
  package var at: Timestamp
  package var decided: Decided
  /// The selectors that gave the seat that was used.
  package var because: [String]
  package var pool: [Seat]
  package var excluded: [Exclusion]
  package var rule: ApprovalRule
  package var shown: [Shown]
  /// SHA-256 in hex of the canonical bytes of what was shown.
  package var digest: String
  package var input: ValueMap
  /// What was asked, and answered, before.
  package var questions: [Question]
  /// What became of the level; `nil` while it is open, or where the visit ended otherwise.
  package var level: Outcome?

  /// The decisions of one instance, in the order in which they were taken.
  package static func all(in entries: [Entry]) -> [AuditedDecision] {
    var instance: Instance?
    var found: [AuditedDecision] = []
    for entry in entries {
      if case .decided(let decided) = entry.event, let instance {
        if let decision = AuditedDecision(decided, entry, of: instance) { found.append(decision) }
      }
      if case .levelClosed(let step, let visit, let level, let outcome) = entry.event {
        for index in found.indices where found[index].isOf(step, visit, level) { found[index].level = outcome }
      }
      Instance.evolve(&instance, entry)
    }
    return found
  }

  /// - Parameter instance: as it was before the event.
  private init?(_ decided: Decided, _ entry: Entry, of instance: Instance) {
    guard case .approval(let open)? = instance.visit(decided.step, decided.visit)?.work else { return nil }
    let seat = decided.seat
    self.instance = instance.id
    title = instance.title
    initiator = instance.initiator
    workflow = instance.workflow
    version = instance.version
    definition = instance.definition
    event = entry.number
    at = entry.at
    self.decided = decided
    because = open.pool.first { $0.person == seat }?.because ?? []
    pool = open.pool
    excluded = open.excluded
    rule = open.rule
    shown = open.shown
    digest = open.digest
    input = instance.input
    questions = open.questions
  }

  private func isOf(_ step: StepID, _ visit: Int, _ level: String) -> Bool {
    decided.step == step && decided.visit == visit && decided.level == level
  }
}
