import WorkflowEngine

extension Reading {
  func gateway(_ fields: Fields) -> GatewayStep {
    // Of a mode that cannot be read, nothing is asked of the branches.
    let mode: GatewayStep.Mode? = fields.has("mode") ? fields.word("mode") : .exclusive
    return GatewayStep(mode: mode ?? .exclusive, branches: fields.list("branches") { branch($0, mode) })
  }

  /// `{when, then}`, `{otherwise}`; in a parallel gateway `{then}`.
  private func branch(_ node: YAMLNode, _ mode: GatewayStep.Mode?) -> Branch? {
    guard let fields = Fields(node, StepKeys.branch, in: self) else { return nil }
    if let otherwise = fields.step("otherwise") {
      for key in ["when", "then"] where fields.has(key) {
        report(.conflict, "'otherwise' stands alone in its branch", at: fields.keyRange(key))
      }
      if mode == .parallel {
        report(
          .conflict, "a parallel gateway takes all branches", at: fields.keyRange("otherwise"), hint: "write 'then'")
      }
      return Branch(isOtherwise: true, then: otherwise)
    }
    guard !fields.means("otherwise") else { return nil }
    let when = fields.formula("when")
    if !fields.means("when"), let mode, mode != .parallel, fields.has("then") {
      report(.missingKey, "a branch needs 'when'", at: fields.keyRange("then"), hint: "or write it as 'otherwise'")
    }
    if fields.has("when"), mode == .parallel {
      report(
        .conflict, "a parallel gateway takes all branches", at: fields.keyRange("when"),
        hint: "remove 'when', or write mode: inclusive")
    }
    guard let target = fields.step("then") else {
      if !fields.means("then") { report(.missingKey, "a branch needs 'then'", at: node) }
      return nil
    }
    return Branch(when: when, then: target)
  }

  func join(_ fields: Fields) -> JoinStep {
    JoinStep(of: fields.step("of") ?? "", wait: fields["wait"].flatMap(joinWait) ?? .all)
  }

  private func joinWait(_ node: YAMLNode) -> JoinStep.Wait? {
    switch node.text {
    case "all": return .all
    case "any": return .any
    case let text? where Int(digits: text).map((1...1000).contains) == true: return Int(digits: text).map { .count($0) }
    default:
      report(
        .word, "it cannot be read how many branches are waited for", at: node, hint: "write all, any or a number from 1"
      )
      return nil
    }
  }

  func table(_ fields: Fields) -> TableStep {
    TableStep(rows: fields.list("rows", row))
  }

  private func row(_ node: YAMLNode) -> TableStep.Row? {
    guard let fields = Fields(node, StepKeys.row, in: self) else { return nil }
    return TableStep.Row(
      when: fields.formula("when"), outcome: fields.id("outcome"), values: fields.assignments("values") ?? [])
  }
}
