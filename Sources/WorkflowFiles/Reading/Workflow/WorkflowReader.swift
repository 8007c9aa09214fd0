package import WorkflowEngine

/// Reads a definition: `workflows/**/*.yaml`.
package enum WorkflowReader {
  /// - Parameters:
  ///   - file: the path that people see.
  ///   - name: the path below `workflows/` without ending: `finance/expense-approval`.
  package static func read(_ bytes: [UInt8], file: String, name: String) -> ReadFile<Workflow> {
    ReadFile(bytes: bytes, file: file) { reading, root in reading.workflow(root, name: name) }
  }

  /// Names joined by `/`. No dots: instances are called after the last segment and a number.
  package static func isName(_ text: String) -> Bool {
    text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
      Reading.isName(String($0)) && !$0.contains(".")
    }
  }
}

extension Reading {
  func workflow(_ root: YAMLNode, name: String) -> Workflow? {
    let isMachine = root["states"] != nil || root["initial"] != nil
    let table = isMachine ? WorkflowKeys.stateMachine : WorkflowKeys.process
    guard let fields = Fields(root, table, in: self, elsewhere: { Self.home($0, isMachine: isMachine) }) else {
      return nil
    }
    readLanguage(fields)
    let steps = isMachine ? steps(fields["states"], "states", state) : steps(fields["steps"], "steps", step)
    let start = fields.step(isMachine ? "initial" : "start") ?? steps.first?.id ?? ""
    var workflow = Workflow(name: name, title: fields.text("title") ?? name, start: start, steps: steps)
    readHead(fields, into: &workflow)
    readTime(fields, into: &workflow)
    if isMachine { workflow.object = fields.formula("object") }
    workflow.variables = fields["vars"].map(variables) ?? []
    workflow.events = fields["events"].map(events) ?? []
    workflow.output = fields.assignments("output") ?? []
    workflow.migration = fields["migrate"].flatMap(migration)
    let written = root[isMachine ? "states" : "steps"]?.entries?.map(\.name)
    if let written, !written.isEmpty { resolveSteps(written, noun: isMachine ? "state" : "step") }
    return workflow
  }

  /// `writ: 1`, of any of the files.
  func readLanguage(_ fields: Fields) {
    guard let node = fields["writ"], node.text != "1" else { return }
    let isLater = node.text.flatMap { Int(digits: $0) }.map { $0 > 1 } ?? false
    report(
      .language,
      isLater ? "this version of Writ reads version 1 of the language" : "this is no version of the language",
      at: node, hint: isLater ? "update Writ, or write 'writ: 1'" : "write 'writ: 1'")
  }

  private func steps(_ node: YAMLNode?, _ key: String, _ read: (YAMLNode.Entry) -> Step?) -> [Step] {
    guard let node else { return [] }
    guard let entries = node.entries else {
      reportShape("a mapping of \(key)", at: node)
      return []
    }
    if entries.isEmpty { report(.missingKey, "there are no \(key)", at: node) }
    return entries.compactMap(read)
  }

  private func readHead(_ fields: Fields, into workflow: inout Workflow) {
    workflow.summary = fields.text("description")
    workflow.renamedFrom = fields["renamed-from"].flatMap(workflowName)
    workflow.owner = fields.selector("owner")
    workflow.tags = fields["tags"].map(texts) ?? []
    workflow.access = fields["access"].flatMap(access) ?? Access()
    workflow.input = fields.form("input")
  }

  private func readTime(_ fields: Fields, into workflow: inout Workflow) {
    workflow.due = fields.timeSpan("due")
    workflow.escalate = fields.list("escalate", escalation)
    workflow.expires = fields["expires"].flatMap(expiry)
    workflow.onEvent = fields.list("on-event", handler)
    workflow.calendar = fields.name("calendar")
    workflow.timezone = fields["timezone"].flatMap(timezone)
  }

  private func access(_ node: YAMLNode) -> Access? {
    guard let fields = Fields(node, WorkflowKeys.access, in: self) else { return nil }
    return Access(
      start: fields.selectors("start") ?? [], view: fields.selectors("view"), operate: fields.selectors("operate"))
  }

  private func expiry(_ node: YAMLNode) -> Expiry? {
    guard let fields = Fields(node, WorkflowKeys.expiry, in: self) else { return nil }
    let after = fields.timeSpan("after")
    guard let target = fields.step("then"), let after else { return nil }
    return Expiry(after: after, then: target)
  }

  private static func home(_ key: String, isMachine: Bool) -> String? {
    if isMachine, ["start", "steps"].contains(key) { return "a workflow with steps" }
    if !isMachine, key == "object" { return "a state machine" }
    return nil
  }
}
