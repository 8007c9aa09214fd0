import CEL
import WorkflowEngine

extension Reading {
  /// Levels, or a single level written directly on the step. Beside `levels`, settings of the step hold for every level that
  /// does not say otherwise.
  func approval(_ fields: Fields, _ id: StepID) -> ApprovalStep {
    var common = ApprovalStep.Level(name: id, approvers: fields.selectors("approvers") ?? [])
    readSettings(fields, into: &common)
    var levels = [common]
    if let node = fields["levels"] {
      for key in ["approvers", "when"] where fields.has(key) {
        report(.conflict, "'\(key)' stands in each level, not beside 'levels'", at: fields.keyRange(key))
      }
      levels = list(node) { level($0, common) }
      reportDoubles(levels, at: node)
    } else if !fields.means("approvers"), !fields.means("levels") {
      report(.missingKey, "\(fields.table.noun) needs 'approvers' or 'levels'", at: fields.anchor)
    }
    return ApprovalStep(levels: levels, show: fields.assignments("show", areLabels: true))
  }

  private func reportDoubles(_ levels: [ApprovalStep.Level], at node: YAMLNode) {
    var seen: Set<String> = []
    for level in levels where !seen.insert(level.name).inserted {
      let place = node.items?.last { $0["name"]?.text == level.name }?["name"] ?? node
      report(.conflict, "two levels are called '\(level.name)'", at: place)
    }
  }

  private func level(_ node: YAMLNode, _ common: ApprovalStep.Level) -> ApprovalStep.Level? {
    guard let fields = Fields(node, StepKeys.level, in: self) else { return nil }
    var level = common
    level.name = fields.id("name") ?? ""
    level.when = nil
    if !fields.means("approvers") { report(.missingKey, "a level needs 'approvers'", at: fields.anchor) }
    level.approvers = fields.selectors("approvers") ?? []
    readSettings(fields, into: &level)
    return level
  }

  private func readSettings(_ fields: Fields, into level: inout ApprovalStep.Level) {
    level.require = fields["require"].flatMap(requirement) ?? level.require
    level.rejectWhen = fields.word("reject-when") ?? level.rejectWhen
    level.when = fields.formula("when") ?? level.when
    level.due = fields.timeSpan("due") ?? level.due
    if fields.has("escalate") { level.escalate = fields.list("escalate", escalation) }
    level.delegates = fields.word("delegates") ?? level.delegates
    level.about = fields.formula("about") ?? level.about
    level.exclude = fields.selectors("exclude") ?? level.exclude
    level.separation = fields["separation"].flatMap(separation) ?? level.separation
    level.assurance =
      fields["assurance"].flatMap { choice($0, ["session", "forge", "key"]) }.flatMap(Assurance.init)
      ?? level.assurance
  }

  /// `any`, `all`, `each-group`, a count or a percentage.
  private func requirement(_ node: YAMLNode) -> ApprovalStep.Requirement? {
    let text = node.text ?? ""
    switch text {
    case "any": return .count(1)
    case "all": return .all
    case "each-group": return .eachGroup
    default: break
    }
    if let count = Int(digits: text), (1...1000).contains(count) { return .count(count) }
    if text.hasSuffix("%"), let percent = Int(digits: text.dropLast()), (1...100).contains(percent) {
      return .percentage(percent)
    }
    report(
      .number, "it cannot be read how many must approve", at: node,
      hint: "write any, all, each-group, a number from 1 or a percentage such as 50%")
    return nil
  }

  private func separation(_ node: YAMLNode) -> ApprovalStep.Separation? {
    guard let fields = Fields(node, StepKeys.separation, in: self) else { return nil }
    var separation = ApprovalStep.Separation()
    separation.allowsInitiator = fields["initiator"].flatMap { choice($0, ["allow"]) } != nil
    separation.allowsEarlierLevels = fields["levels"].flatMap { choice($0, ["allow"]) } != nil
    separation.because = fields.text("because")
    return separation
  }
}
