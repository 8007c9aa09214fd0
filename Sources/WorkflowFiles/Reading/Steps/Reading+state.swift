import WorkflowEngine

extension Reading {
  /// One entry under `states:`.
  func state(_ entry: YAMLNode.Entry) -> Step? {
    guard let id = id(entry.key, "the id of a state"), isFilled(entry),
      let fields = Fields(entry.value, StepKeys.state, in: self, under: entry.key)
    else { return nil }
    let decision = fields["approval"].flatMap { Fields($0, StepKeys.stateApproval, in: self) }
    var state = StateStep(moves: fields["moves"].map(moves) ?? [], isFinal: fields.flag("final") ?? false)
    state.approval = decision.map { approval($0, id) }
    reportEnd(state, fields, id)
    var step = Step(id: id, kind: .state(state))
    step.title = fields.text("title")
    step.summary = fields.text("description")
    step.due = fields.timeSpan("due")
    step.escalate = fields.list("escalate", escalation)
    step.onEvent = fields.list("on-event", handler)
    if let decision { readDecision(decision, into: &step) }
    return step
  }

  private func readDecision(_ fields: Fields, into step: inout Step) {
    step.set = fields.assignments("set") ?? []
    step.expires = fields.timeSpan("expires")
    if let node = fields["then"] {
      step.then = targets(
        node, of: "approval", outcomes: ApprovalStep.outcomes + (fields.has("expires") ? ["expired"] : []))
    }
  }

  private func reportEnd(_ state: StateStep, _ fields: Fields, _ id: StepID) {
    let leads = !state.moves.isEmpty || state.approval != nil
    if !leads, !state.isFinal, !fields.has("moves") {
      report(
        .missingKey, "nothing leads on from '\(id)'", at: fields.anchor,
        hint: "add 'moves', 'approval' or 'final: true'")
    }
    if state.approval != nil, fields.has("escalate") {
      report(
        .conflict, "an approval escalates by its own 'escalate'", at: fields.keyRange("escalate"),
        hint: "write it under 'approval', or under its levels")
    }
    if leads, state.isFinal {
      report(.conflict, "a final state has no moves and no approval", at: fields.keyRange("final"))
    }
  }

  /// A move's name leads to one move or to several, of which the first true one wins.
  private func moves(_ node: YAMLNode) -> [StateStep.Move] {
    guard let entries = node.entries else {
      reportShape("a mapping of moves", at: node)
      return []
    }
    return entries.flatMap { entry -> [StateStep.Move] in
      guard let name = id(entry.key, "the name of a move"), isFilled(entry) else { return [] }
      return (entry.value.items ?? [entry.value]).compactMap { move($0, name) }
    }
  }

  private func move(_ node: YAMLNode, _ name: String) -> StateStep.Move? {
    guard let fields = Fields(node, StepKeys.move, in: self) else { return nil }
    let stays = fields["then"]?.text == "stay"
    return StateStep.Move(
      name: name, by: fields.selectors("by") ?? [], form: fields.form("form"), when: fields.formula("when"),
      set: fields.assignments("set") ?? [], then: stays ? nil : fields.step("then"))
  }
}
