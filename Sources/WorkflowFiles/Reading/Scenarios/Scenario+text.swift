import CEL
import WorkflowEngine

extension Scenario {
  /// The item of a list that the reader reads as this scenario, with the dash at this column. A recorded story neither looks in
  /// between nor is refused anything, so there are no words for that here.
  func text(indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines = ["- name: \(word(name))", "  start:", "    by: \(word(by))", "    at: \(at.rfc3339Milliseconds)"]
    if input != .map([:]) { lines.append("    input: \(flow { $0.write(input) })") }
    lines += block("services", answers) { step, answers in [one(answers) { write($1, to: &$0) }] }
    lines += block("children", children) { step, children in [one(children) { write($1, to: &$0) }] }
    if !acts.isEmpty { lines += ["  play:"] + acts.map { act in "    - " + flow { write(act, to: &$0) } } }
    lines.append("  expect:")
    lines += expectations
    return lines.map { margin + $0 + "\n" }.joined()
  }

  private func block<Item>(_ name: String, _ items: [StepID: Item], _ text: (StepID, Item) -> [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    return ["  \(name):"]
      + items.sorted { $0.key < $1.key }.flatMap { step, item in text(step, item).map { "    \(word(step)): \($0)" } }
  }

  /// The item itself, or a list of several.
  private func one<Item>(_ items: [Item], _ body: (inout RecordWriter, Item) -> Void) -> String {
    flow { writer in if items.count == 1 { body(&writer, items[0]) } else { writer.list(items, body) } }
  }

  private var expectations: [String] {
    var lines: [String] = []
    if let status = expected.status { lines.append("status: \(status.rawValue)") }
    if let outcome = expected.outcome { lines.append("outcome: \(word(outcome))") }
    if let path = expected.path { lines.append("path: \(flow { $0.list(path) { $0.write($1) } })") }
    if let waiting = expected.waiting { lines.append("waiting: \(flow { $0.list(waiting) { $0.write($1) } })") }
    if let incidents = expected.incidents {
      lines.append("incidents: \(flow { $0.write(ValueMap(incidents.map { ($0.key, .string($0.value)) })) })")
    }
    if !expected.vars.isEmpty { lines.append("vars: \(flow { $0.write(expected.vars) })") }
    if !expected.output.isEmpty { lines.append("output: \(flow { $0.write(expected.output) })") }
    if let told = expected.told {
      lines.append("told:")
      lines += told.map { message in
        "  - "
          + flow { writer in
            writer.map { writer in
              writer.field("step", ifPresent: message.step)
              if let to = message.to { writer.field("to", to) }
              writer.field("subject", ifPresent: message.subject)
            }
          }
      }
    }
    return lines.map { "    " + $0 }
  }
}

private func word(_ text: String) -> String { flow { $0.write(text) } }

private func flow(_ body: (inout RecordWriter) -> Void) -> String {
  var writer = RecordWriter(.yaml)
  body(&writer)
  return String(decoding: writer.bytes, as: UTF8.self)
}

private func write(_ answer: Scenario.Answer, to writer: inout RecordWriter) {
  writer.map { writer in
    switch answer {
    case .done(let result):
      // The short form of an answer by HTTP that says nothing in its headers.
      if let map = result.mapValue, map.count == 3, map["headers"] == [:], let body = map["body"],
        let status = map["status"]?.intValue
      {
        if status != 200 { writer.field("status", Int(status)) }
        writer.key("body")
        writer.write(body)
      } else {
        writer.key("result")
        writer.write(result)
      }
    case .fails(let code, let message):
      writer.field("fails", code)
      writer.field("message", message)
    }
  }
}

private func write(_ child: Scenario.Child, to writer: inout RecordWriter) {
  writer.map { writer in
    switch child.end {
    case .refused(let message): writer.field("refused", message)
    case .outcome(let outcome, let output):
      writer.field("outcome", outcome)
      if !output.isEmpty {
        writer.key("output")
        writer.write(output)
      }
    }
    writer.field("after", ifPresent: child.after?.description)
  }
}

private func write(_ act: Scenario.Act, to writer: inout RecordWriter) {
  writer.map { writer in
    switch act {
    case .advance(let span): writer.field("advance", span.description)
    case .advanceTo(let instant): writer.field("advance-to", instant)
    case .check: break
    case .command(let command, let item, _):
      writer.deed(command.action)
      writer.field("by", command.principal)
      if command.assurance != .session { writer.field("assurance", command.assurance.rawValue) }
      if let item { writer.field("item", item) }
    }
  }
}

extension RecordWriter {
  /// What somebody does, in the words of `play`.
  fileprivate mutating func deed(_ action: Command.Action) {
    switch action {
    case .decide(let decide): decision(decide)
    case .delegate(let step, let to, _):
      field("delegate", step ?? "")
      field("to", ifPresent: to)
    case .ask(let text, let person, let step, _):
      field("ask", step ?? "")
      field("text", text)
      field("to", ifPresent: person)
    case .answer(let text, let question, let step, _):
      field("answer", step ?? "")
      field("text", text)
      if let question { field("question", question) }
    case .complete(let step, _, let outcome, let result):
      field("complete", step ?? "")
      field("outcome", ifPresent: outcome)
      outcomeResult(result)
    case .move(let name, _, _, let result):
      field("move", name)
      outcomeResult(result)
    case .receive(let message):
      field("send", message.event)
      field("key", ifPresent: message.key)
      outcomeResult(message.payload)
    default: operation(action)
    }
  }

  private mutating func decision(_ decide: Command.Decide) {
    switch decide.verdict {
    case .approve: field("approve", decide.step ?? "")
    case .reject: field("reject", decide.step ?? "")
    case .sendBack: field("return", decide.step ?? "")
    }
    field("reason", ifPresent: decide.reason)
  }

  private mutating func operation(_ action: Command.Action) {
    switch action {
    case .withdraw(let step, _, let reason): operation("withdraw", step ?? "", reason)
    case .reopen(let step, _, let reason): operation("reopen", step ?? "", reason)
    case .retry(let step, let reason): operation("retry", step ?? "", reason)
    case .skip(let step, let outcome, let result, let reason):
      operation("skip", step ?? "", reason)
      field("outcome", ifPresent: outcome)
      outcomeResult(result ?? .null)
    case .suspend(let reason): operation("suspend", "instance", reason)
    case .resume(let reason): operation("resume", "instance", reason)
    case .cancel(let reason): operation("cancel", "instance", reason)
    default: break
    }
  }

  private mutating func operation(_ name: StaticString, _ what: String, _ reason: String?) {
    field(name, what)
    field("reason", ifPresent: reason)
  }

  private mutating func outcomeResult(_ result: Value) {
    guard result != .null, result != .map([:]) else { return }
    key("result")
    write(result)
  }
}
