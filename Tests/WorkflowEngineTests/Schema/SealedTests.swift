import CEL
import Testing
import WorkflowEngine

@Suite("Sensitive fields")
struct SealedTests {
  private let schema = try! Schema([
    "type": "object", "required": ["iban"],
    "properties": [
      "iban": ["$ref": "#/$defs/iban"], "name": ["type": "string"],
      "children": ["type": "array", "items": ["type": "object", "properties": ["born": ["sensitive": true]]]],
    ],
    "$defs": ["iban": ["type": "string", "pattern": "^[A-Z]{2}", "minLength": 5, "sensitive": true]],
  ])

  private let iban = Value.sealed("\"DE123\"")

  @Test("are sealed where they are marked, in lists and through references too; the rest stays")
  func seals() {
    let value: Value = ["iban": "DE123", "name": "Ann", "children": [["born": 2020, "name": "Bo"]]]
    #expect(
      schema.sealing(value, with: \.sealedOpenly) == [
        "iban": iban, "name": "Ann", "children": [["born": .sealed("2020"), "name": "Bo"]],
      ])
  }

  @Test("are checked before they are sealed, and what is sealed stays as it is")
  func checks() {
    #expect(schema.validate(["iban": "de"]).count == 2)
    #expect(schema.validate(["iban": iban]).isEmpty)
    #expect(schema.sealing(["iban": iban], with: { _ in "twice" }) == ["iban": iban])
    #expect(schema.applyingDefaults(to: ["iban": iban]) == ["iban": iban])
    #expect(schema.keepingKnownFields(of: ["iban": iban]) == ["iban": iban])
    #expect(schema.expressionValue(["iban": iban]) == ["iban": iban])
  }

  @Test("stand in no text")
  func texts() {
    #expect(Value.list(["a", iban]).text == "a, hidden")
    #expect(Value.map(["iban": iban]).hidingSealed == ["iban": "hidden"])
  }

  private func started(_ steps: [Step], _ change: (inout Workflow) -> Void = { _ in }) throws -> Bench {
    var bench = Bench(steps) {
      $0.input = schema
      change(&$0)
    }
    try bench.start(["iban": "DE123", "name": "Ann"])
    return bench
  }

  @Test("an operator's result and a prefill are sealed too, and so is what a variable takes that is marked")
  func otherWays() throws {
    let pin = try Schema(["type": "object", "properties": ["pin": ["type": "integer", "sensitive": true]]])
    var asked = TaskStep(assignees: [.initiator])
    asked.form = pin
    asked.prefill = [Assignment("pin", formula("1111"))]
    var bench = try started([
      Step(id: "ask", kind: .task(asked), then: ["done": "pay"]), .service("pay") { $0.output = pin }, .end(),
    ]) {
      $0.variables = [
        Variable(name: "kept", value: formula("input.name + '!'"), schema: try? Schema(["sensitive": true]))
      ]
    }
    #expect(bench.state.vars == ["kept": .sealed("\"Ann!\"")])
    guard case .task(let task)? = bench.state.visits.first?.work else {
      Issue.record("no task is open")
      return
    }
    #expect(task.prefill == ["pin": .sealed("1111")])
    try bench.take(.complete(step: "ask", visit: nil, outcome: nil, result: .null))
    #expect(bench.state.results["ask"]?.output == ["pin": .sealed("1111")])
    try bench.take(
      .jobFailed(step: "pay", visit: 1, attempt: 1, code: "no", message: "it failed"), by: "system:dispatcher")
    try bench.take(.skip(step: "pay", outcome: "done", result: ["pin": 5], reason: "done by hand"), by: "olga")
    #expect(bench.state.results["pay"]?.output == ["pin": .sealed("5")])
  }

  @Test("a request marks them, alone and inside a text, as it marks secrets")
  func requests() throws {
    let bench = try started([
      .service("pay") {
        $0.parameters = [
          Parameter(name: "account", value: .template(Template(parts: [.formula(formula("input.iban"))]))),
          Parameter(
            name: "url",
            value: .template(
              Template(parts: [.text("https://bank/"), .formula(formula("input.iban")), .text("/pay")]))),
        ]
      }, .end(),
    ])
    guard case .job(let job)? = bench.state.visits.first?.work else {
      Issue.record("no job is open")
      return
    }
    #expect(job.request["account"] == iban)
    #expect(job.request["url"] == ["$parts": ["https://bank/", iban, "/pay"]])
  }

  @Test("whoever was asked takes part and so sees them; operators do not")
  func takesPart() throws {
    var bench = try started([
      Step(id: "ask", kind: .task(TaskStep(assignees: [.person("erik")])), then: ["done": "end"]), .end(),
    ])
    func sees(_ person: PersonID) -> Bool {
      bench.context.policy.takesPart(person, in: bench.state, of: bench.workflow)
    }
    #expect(sees("anna") && sees("erik"))
    #expect(!sees("olga") && !sees("frida"))
    try bench.take(.complete(step: "ask", visit: nil, outcome: nil, result: .null), by: "erik")
    #expect(sees("erik"))
  }
}
