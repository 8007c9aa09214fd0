import WorkflowEngine

extension Reading {
  func wait(_ fields: Fields) -> WaitStep {
    if !fields.has("for"), !fields.has("until"), !fields.has("event") {
      report(.missingKey, "a wait needs 'for', 'until' or 'event'", at: fields.anchor)
    }
    if fields.has("key"), !fields.has("event") {
      report(.missingKey, "'key' belongs to an 'event'", at: fields.keyRange("key"))
    }
    return WaitStep(
      span: fields.timeSpan("for"), until: fields["until"].flatMap(moment), event: fields.id("event"),
      key: fields.formula("key"))
  }

  /// An expression, or `{date, at, minus}`.
  private func moment(_ node: YAMLNode) -> Moment? {
    guard node.entries != nil else { return formula(node).map(Moment.formula) }
    guard let fields = Fields(node, StepKeys.moment, in: self) else { return nil }
    let second = fields["at"].flatMap(timeOfDay) ?? 0
    let minus = fields.timeSpan("minus")
    return fields.formula("date").map { .date($0, secondOfDay: second, minus: minus) }
  }

  func notification(_ fields: Fields) -> NotificationStep {
    NotificationStep(
      to: fields.selectors("to") ?? [], channel: fields.name("channel"),
      subject: fields.template("subject") ?? Template(parts: []), body: fields.template("body") ?? Template(parts: []))
  }

  func call(_ fields: Fields) -> CallStep {
    CallStep(workflow: fields["workflow"].flatMap(workflowName) ?? "", input: fields.assignments("input") ?? [])
  }

  /// `finance/expense-approval`: names joined by '/', without dots.
  func workflowName(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    if !WorkflowReader.isName(text) {
      report(
        .name, "'\(text)' is not the name of a workflow", at: node,
        hint: "write its path below workflows/, without .yaml")
    }
    return text
  }

  func end(_ fields: Fields) -> EndStep {
    EndStep(
      outcome: fields.id("outcome"), terminate: fields.flag("terminate") ?? false, undo: fields.flag("undo") ?? false)
  }
}
