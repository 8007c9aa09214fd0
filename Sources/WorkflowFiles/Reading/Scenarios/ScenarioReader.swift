import CEL
package import WorkflowEngine

/// Reads the scenarios beside a definition: `workflows/**/*.test.yaml`.
package enum ScenarioReader {
  /// - Parameter workflow: the definition that they are about; its steps are the ones that can be named.
  package static func read(_ bytes: [UInt8], file: String, of workflow: Workflow) -> ReadFile<[Scenario]> {
    ReadFile(bytes: bytes, file: file) { reading, root in reading.scenarios(root, of: workflow) }
  }
}

extension Reading {
  /// A Monday morning, so that business days count from a working hour.
  private static let monday = Timestamp(rfc3339: "2026-01-05T09:00:00Z") ?? .latest

  func scenarios(_ root: YAMLNode, of workflow: Workflow) -> [Scenario]? {
    guard let fields = Fields(root, ScenarioKeys.file, in: self) else { return nil }
    readLanguage(fields)
    let scenarios = fields.list("scenarios").map { scenario($0, workflow) }
    resolveSteps(workflow.steps.map(\.id), noun: "step")
    return scenarios.contains { $0 == nil } ? nil : scenarios.compactMap { $0 }
  }

  private func scenario(_ node: YAMLNode, _ workflow: Workflow) -> Scenario? {
    guard let fields = Fields(node, ScenarioKeys.scenario, in: self), let name = fields.text("name"),
      let startNode = fields["start"], let start = Fields(startNode, ScenarioKeys.start, in: self, under: startNode),
      let by = start.name("by")
    else { return nil }
    let at = start["at"].flatMap(instant) ?? Self.monday
    var scenario = Scenario(name: name, at: at, by: by, input: start["input"].map(value) ?? .map([:]))
    for entry in entries(fields["services"], "answers") where isFilled(entry) {
      guard let step = step(entry.key) else { continue }
      let isHTTP = if case .service(let service)? = workflow.step(step)?.kind { service.uses == "http" } else { false }
      scenario.answers[step] = (entry.value.items ?? [entry.value]).compactMap { answer($0, isHTTP: isHTTP) }
    }
    for entry in entries(fields["children"], "children") where isFilled(entry) {
      guard let step = step(entry.key) else { continue }
      scenario.children[step] = (entry.value.items ?? [entry.value]).compactMap(child)
    }
    scenario.acts = fields.list("play", act)
    scenario.refused = refusal(start)
    if let expected = fields["expect"] {
      scenario.expected = self.expected(expected)
    } else if scenario.refused == nil {
      report(.missingKey, "a scenario needs 'expect'", at: node, hint: "add 'expect': what holds in the end")
    }
    for key in ["services", "children", "play", "expect"] where scenario.refused != nil {
      guard let node = fields[key] else { continue }
      report(.misplacedKey, "nothing comes after a start that is refused", at: node, hint: "leave out '\(key)'")
    }
    return scenario
  }

  private func instant(_ node: YAMLNode) -> Timestamp? {
    guard let text = text(node) else { return nil }
    if let instant = Timestamp(rfc3339: text) { return instant }
    report(.dateOrTime, "'\(text)' is not an instant", at: node, hint: "write it as 2026-11-23T09:00:00Z")
    return nil
  }

  private func answer(_ node: YAMLNode, isHTTP: Bool) -> Scenario.Answer? {
    guard let fields = Fields(node, ScenarioKeys.answer, in: self) else { return nil }
    if let code = fields.text("fails") {
      return .fails(code: code, message: fields.text("message") ?? "as the test says")
    }
    if let result = fields["result"] { return .done(value(result)) }
    guard isHTTP else {
      report(.missingKey, "an answer needs 'result' or 'fails'", at: node)
      return nil
    }
    return .done([
      "status": .int(Int64(fields.integer("status", 100...599) ?? 200)), "headers": [:],
      "body": fields["body"].map(value) ?? .null,
    ])
  }
}

extension Reading {
  fileprivate func child(_ node: YAMLNode) -> Scenario.Child? {
    guard let fields = Fields(node, ScenarioKeys.child, in: self) else { return nil }
    if let message = fields.text("refused") { return Scenario.Child(.refused(message)) }
    guard let outcome = fields.text("outcome") else {
      report(.missingKey, "what becomes of a child is its 'outcome', or 'refused'", at: node)
      return nil
    }
    let output = fields["output"].map(value)?.mapValue ?? [:]
    return Scenario.Child(.outcome(outcome, output: output), after: fields.timeSpan("after"))
  }
}

// MARK: What happens

extension Reading {
  fileprivate func act(_ node: YAMLNode) -> Scenario.Act? {
    guard let fields = Fields(node, ScenarioKeys.act, in: self) else { return nil }
    let verbs = ScenarioKeys.verbs.filter { fields.has($0.rawValue) }
    guard verbs.count == 1, let verb = verbs.first else {
      report(
        verbs.isEmpty ? .missingKey : .conflict, "exactly one thing happens here", at: node,
        hint: "write one of " + ScenarioKeys.verbs.map(\.rawValue).joined(separator: ", "))
      return nil
    }
    switch verb {
    case .advance: return fields.timeSpan(verb.rawValue).map { .advance($0) }
    case .advanceTo: return fields[verb.rawValue].flatMap(instant).map { .advanceTo($0) }
    case .expect: return fields[verb.rawValue].map { .check(expected($0)) }
    default: break
    }
    guard let by = fields.name("by") else {
      report(.missingKey, "it does not say who does it", at: node, hint: "add 'by': a person of people.yaml")
      return nil
    }
    let item = fields.integer("item", 1...Items.maximum)
    let assurance: Assurance = fields.word("assurance") ?? .session
    return action(verb, fields).map {
      .command(Command(by: by, assurance: assurance, $0), item: item, refused: refusal(fields))
    }
  }

  private func action(_ verb: ScenarioKeys.Verb, _ fields: Fields) -> Command.Action? {
    let reason = fields.text("reason")
    guard case .step? = fields.table[verb.rawValue]?.kind else {
      return switch verb {
      case .move:
        .move(
          fields.text(verb.rawValue) ?? "", step: nil, visit: nil, result: fields["result"].map(value) ?? .map([:]))
      case .send: .receive(message(fields))
      case .suspend: .suspend(reason: reason)
      case .resume: .resume(reason: reason)
      default: .cancel(reason: reason)
      }
    }
    guard let step = fields.step(verb.rawValue) else { return nil }
    switch verb {
    case .approve: return .decide(Command.Decide(step: step, .approve, reason: reason))
    case .reject: return .decide(Command.Decide(step: step, .reject, reason: reason))
    case .sendBack: return .decide(Command.Decide(step: step, .sendBack, reason: reason))
    case .ask: return .ask(fields.text("text") ?? "", of: fields.name("to"), step: step, visit: nil)
    case .answer:
      return .answer(
        fields.text("text") ?? "", question: fields.integer("question", 1...100), step: step, visit: nil)
    case .reopen: return .reopen(step: step, reason: reason)
    case .withdraw: return .withdraw(step: step, reason: reason)
    case .delegate: return .delegate(step: step, to: fields.name("to"), seat: nil)
    case .retry: return .retry(step: step, reason: reason)
    case .skip:
      return .skip(
        step: step, outcome: fields.id("outcome"), result: fields["result"].map(value), reason: reason ?? "")
    default:
      return .complete(
        step: step, visit: nil, outcome: fields.id("outcome"), result: fields["result"].map(value) ?? .null)
    }
  }

  private func message(_ fields: Fields) -> Message {
    Message(
      number: 1, event: fields.text(ScenarioKeys.Verb.send.rawValue) ?? "", key: fields.text("key"), source: nil,
      id: nil,
      payload: fields["result"].map(value) ?? .map([:]))
  }

  fileprivate func refusal(_ fields: Fields) -> Scenario.Refusal? {
    guard let node = fields["refused"] else { return nil }
    let words = ["anyhow"] + Rejection.Code.allCases.map(\.rawValue)
    return choice(node, words).map { Rejection.Code(rawValue: $0).map { .by($0) } ?? .anyhow }
  }

  fileprivate func expected(_ node: YAMLNode) -> Scenario.Expected {
    var expected = Scenario.Expected()
    guard let fields = Fields(node, ScenarioKeys.expected, in: self) else { return expected }
    expected.path = fields["path"].map { list($0)?.compactMap(step) ?? [] }
    expected.waiting = fields["waiting"].map { list($0)?.compactMap(step) ?? [] }
    expected.incidents = fields["incidents"].map { node in
      Dictionary(
        entries(node, "incidents").compactMap { entry in
          step(entry.key).flatMap { step in text(entry.value).map { (step, $0) } }
        }, uniquingKeysWith: { first, _ in first })
    }
    expected.status = fields.word("status")
    expected.outcome = fields.text("outcome")
    expected.vars = fields["vars"].map(value)?.mapValue ?? [:]
    expected.output = fields["output"].map(value)?.mapValue ?? [:]
    expected.told = fields["told"].map { list($0)?.compactMap(message) ?? [] }
    return expected
  }

  private func message(_ node: YAMLNode) -> Scenario.Message? {
    guard let fields = Fields(node, ScenarioKeys.message, in: self) else { return nil }
    let to = fields["to"].map { node in node.items == nil ? [node] : list(node) ?? [] }
    return Scenario.Message(
      step: fields.step("step"), to: to?.compactMap { name($0) }, subject: fields.text("subject"))
  }
}
