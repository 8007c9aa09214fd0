import WorkflowEngine

extension Reading {
  /// `then: x` where one outcome is possible, else a step for each outcome.
  ///
  /// - Parameter outcomes: what the step can leave by; `nil` if only another file knows.
  func targets(_ node: YAMLNode, of type: String, outcomes: [Outcome]?) -> [Outcome: StepID] {
    switch node.kind {
    case .mapping(let entries): return targets(entries, outcomes)
    case .sequence:
      reportShape("a step, or a step for each outcome,", at: node)
      return [:]
    case .scalar:
      guard let target = step(node) else { return [:] }
      if outcomes?.count != 1 {
        let list = outcomes ?? ["completed"]
        report(
          .targets,
          outcomes == nil
            ? "a \(type) leaves by the outcomes of another workflow"
            : "this \(type) can leave by \(list.joined(separator: ", "))",
          at: node,
          hint:
            "say where each leads: then: {\(list.filter(Self.asksForATarget).map { "\($0): \(target)" }.joined(separator: ", "))}"
        )
      }
      return Dictionary((outcomes ?? ["completed"]).map { ($0, target) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// A withdrawal cancels where it leads nowhere, and few approvals are not needed.
  private static func asksForATarget(_ outcome: Outcome) -> Bool { outcome != "withdrawn" && outcome != "not_needed" }

  private func targets(_ entries: [YAMLNode.Entry], _ outcomes: [Outcome]?) -> [Outcome: StepID] {
    var targets: [Outcome: StepID] = [:]
    for entry in entries {
      guard let outcome = id(entry.key, "an outcome"), isFilled(entry), let target = step(entry.value) else { continue }
      if let outcomes, !outcomes.contains(outcome) {
        let hint =
          outcome == "expired"
          ? "give the step 'expires'"
          : Nearest.hint(for: outcome, among: outcomes) ?? "its outcomes are \(outcomes.joined(separator: ", "))"
        report(.outcome, "the step cannot leave by '\(outcome)'", at: entry.key, hint: hint)
      }
      targets[outcome] = target
    }
    return targets
  }

  /// `{after, remind | add | hand-over}`
  func escalation(_ node: YAMLNode) -> Escalation? {
    guard let fields = Fields(node, StepKeys.escalation, in: self) else { return nil }
    let after = fields.timeSpan("after")
    var actions: [Escalation.Action] = []
    if fields.flag("remind") == true { actions.append(.remind) }
    if let people = fields.selectors("add") { actions.append(.add(people)) }
    if let people = fields.selectors("hand-over") { actions.append(.handOver(people)) }
    if actions.count != 1, actions.count > 1 || !["remind", "add", "hand-over"].contains(where: fields.means) {
      report(
        actions.isEmpty ? .missingKey : .conflict, "an escalation does one thing: remind, add or hand-over", at: node,
        hint: actions.isEmpty ? "add 'remind: true'" : "write one escalation for each")
    }
    guard let after, let action = actions.first else { return nil }
    return Escalation(after: after, action: action)
  }

  func errorRoute(_ node: YAMLNode) -> ErrorRoute? {
    guard let fields = Fields(node, StepKeys.errorRoute, in: self) else { return nil }
    let code = fields.text("code")
    return fields.step("then").map { ErrorRoute(code: code, then: $0) }
  }

  func handler(_ node: YAMLNode) -> EventHandler? {
    guard let fields = Fields(node, StepKeys.handler, in: self) else { return nil }
    let event = fields.id("event")
    let key = fields.formula("key")
    let cancel = fields["cancel"].flatMap { choice($0, ["all", "none"]) }
    guard let event, let target = fields.step("then") else { return nil }
    return EventHandler(event: event, key: key, cancels: cancel != "none", then: target)
  }

  func each(_ node: YAMLNode) -> Each? {
    guard let fields = Fields(node, StepKeys.eachItem, in: self) else { return nil }
    let until = fields.formula("until")
    let most = fields.integer("max-parallel", 1...1000)
    let keeps = fields["failures"].flatMap { choice($0, ["keep"]) } != nil
    return fields.formula("in").map { Each(list: $0, until: until, maxParallel: most, keepsFailures: keeps) }
  }
}
