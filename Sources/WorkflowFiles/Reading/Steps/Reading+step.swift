import WorkflowEngine

extension Reading {
  /// One entry under `steps:`. Without a type that is known there is no step.
  func step(_ entry: YAMLNode.Entry) -> Step? {
    guard let id = id(entry.key, "the id of a step"), isFilled(entry) else { return nil }
    guard let type = type(of: entry), let table = StepKeys.table(of: type),
      let fields = Fields(entry.value, table, in: self, under: entry.key, elsewhere: StepKeys.home)
    else { return nil }
    guard let kind = kind(type, id, fields) else { return nil }
    var step = Step(id: id, kind: kind)
    step.title = fields.text("title")
    step.summary = fields.text("description")
    if table["each"] != nil { step.each = fields["each"].flatMap(each) }
    if table["then"] != nil { readLeaving(fields, into: &step) }
    if table["on-event"] != nil { readWaiting(fields, into: &step) }
    if table["on-error"] != nil { step.onError = fields.list("on-error", errorRoute) }
    return step
  }

  private func type(of entry: YAMLNode.Entry) -> String? {
    guard entry.value.entries != nil else {
      reportShape("a step", at: entry.value)
      return nil
    }
    guard let node = entry.value["type"], !node.isEmpty else {
      report(
        .missingKey, "the step '\(entry.name)' needs 'type'", at: entry.key, hint: "write one of \(StepKeys.types)")
      return nil
    }
    if node.text == "stage" {
      report(.reserved, "steps of type 'stage' are reserved for a later version", at: node)
      return nil
    }
    guard let text = text(node) else { return nil }
    if StepKeys.table(of: text) == nil {
      report(
        .word, "there is no step type '\(text)'", at: node,
        hint: Nearest.hint(for: text, among: StepKeys.all.map(\.type)) ?? "write one of \(StepKeys.types)")
      return nil
    }
    return text
  }

  private func kind(_ type: String, _ id: StepID, _ fields: Fields) -> Step.Kind? {
    switch type {
    case "task": .task(task(fields))
    case "approval": .approval(approval(fields, id))
    case "service": .service(service(fields))
    case "gateway": .gateway(gateway(fields))
    case "join": .join(join(fields))
    case "wait": .wait(wait(fields))
    case "notification": .notification(notification(fields))
    case "call": .call(call(fields))
    case "table": .table(table(fields))
    case "end": .end(end(fields))
    default: nil
    }
  }

  private func readLeaving(_ fields: Fields, into step: inout Step) {
    step.set = fields.assignments("set") ?? []
    step.leave = fields.step("leave")
    if let node = fields["then"] {
      var outcomes = outcomes(of: step, fields)
      if step.each == nil, fields.table["expires"] != nil, fields.has("expires") { outcomes?.append("expired") }
      step.then = targets(node, of: step.type, outcomes: outcomes)
    }
  }

  private func readWaiting(_ fields: Fields, into step: inout Step) {
    step.due = fields.timeSpan("due")
    step.expires = fields.timeSpan("expires")
    step.onEvent = fields.list("on-event", handler)
    if case .approval = step.kind { return }
    step.escalate = fields.list("escalate", escalation)
  }
}

extension StepKeys {
  static var types: String { all.map(\.type).joined(separator: ", ") }

  /// The step types that have a key, for a sentence: `an approval`.
  static func home(_ key: String) -> String? {
    let nouns = all.filter { $0.table[key] != nil }.map(\.table.noun)
    return nouns.isEmpty ? nil : nouns.count > 3 ? "other steps" : nouns.joined(separator: " or ")
  }
}

extension Reading {
  /// By what the step can leave, `expired` aside; `nil` where only another file knows.
  private func outcomes(of step: Step, _ fields: Fields) -> [Outcome]? {
    if step.each != nil { return ["done"] }
    switch step.kind {
    case .task(let task): return task.outcomes
    case .approval: return ApprovalStep.outcomes
    case .service(let service): return service.uses.hasPrefix("model/") ? ["done", "unsure"] : ["done"]
    case .wait:
      let isTimed = fields.has("for") || fields.has("until") || !fields.has("event")
      return (isTimed ? ["elapsed"] : []) + (fields["event"]?.text.map { [$0] } ?? [])
    case .table(let table):
      var outcomes: [Outcome] = []
      for row in table.rows where !outcomes.contains(row.outcome ?? "done") { outcomes.append(row.outcome ?? "done") }
      return outcomes.isEmpty ? ["done"] : outcomes
    case .call: return nil
    case .join, .notification, .gateway, .end, .state: return ["done"]
    }
  }
}

extension ApprovalStep {
  /// By what an approval can leave, `expired` aside.
  static let outcomes: [Outcome] = ["approved", "rejected", "returned", "withdrawn", "not_needed"]
}
