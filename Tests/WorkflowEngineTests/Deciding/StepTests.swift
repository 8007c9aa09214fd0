import CEL
import Testing
import WorkflowEngine

@Suite("Steps")
struct StepTests {
  @Test("only whom the file names may start")
  func startIsAuthorised() throws {
    var bench = Bench([.end()])
    #expect(refusal { try bench.start(by: "erik") } == .notAllowed)
    #expect(refusal { try bench.start(by: "nobody") } == .notAllowed)
    try bench.start(by: "anna")
    #expect(bench.state.status == .completed)
  }

  @Test("input that the schema refuses starts nothing and names the field")
  func inputIsChecked() throws {
    var bench = Bench([.end()]) {
      $0.input = try? Schema([
        "type": "object", "required": ["amount"], "properties": ["amount": ["type": "integer", "minimum": 1]],
      ])
    }
    do {
      try bench.start(["amount": 0])
      Issue.record("the input was taken")
    } catch {
      #expect(error.code == .invalid)
      #expect(error.violations.map(\.pointer) == ["/amount"])
    }
    #expect(refusal { try bench.start(["amount": 5, "extra": true]) } == .invalid)
    #expect(bench.instance == nil)
    try bench.start(["amount": 5])
  }

  @Test("'set' evaluates all right sides against the old variables, then writes")
  func setIsSimultaneous() throws {
    var bench = Bench([
      Step.task("swap").with { $0.set = [Assignment("a", formula("vars.b")), Assignment("b", formula("vars.a"))] },
      .end(),
    ]) {
      $0.variables = [Variable(name: "a", value: formula("1")), Variable(name: "b", value: formula("2"))]
    }
    try bench.start()
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: .null))
    #expect(bench.state.vars == ["a": 2, "b": 1])
  }

  @Test("a path may lead to nothing where a name gets its value; anywhere else that is an incident")
  func absence() throws {
    var task = TaskStep(assignees: [.initiator])
    task.form = try Schema(["type": "object", "properties": ["note": ["type": "string"]]])
    task.prefill = [Assignment("note", formula("vars.note"))]
    task.show = [Assignment("Note", formula("vars.note")), Assignment("Kind", formula("input.kind"))]
    let steps = [
      Step(id: "work", kind: .task(task), then: ["done": "again"]).with {
        $0.set = [Assignment("note", formula("result.note"))]
      },
      Step(id: "again", kind: .task(task), then: ["done": "done"]).with {
        $0.set = [Assignment("note", formula("result.?note")), Assignment("kept", formula("result.note"))]
      }, .end(),
    ]
    var bench = Bench(steps) {
      $0.input = try? Schema(["type": "object", "properties": ["kind": ["type": "string"]]])
      $0.variables = [Variable(name: "note", value: nil), Variable(name: "kept", value: formula("'as it was'"))]
      $0.output = [Assignment("note", formula("vars.note")), Assignment("kind", formula("input.kind"))]
    }
    try bench.start()
    let nothing = OpenTask(
      pool: ["anna"], prefill: [:], shown: [Shown(label: "Note", value: .null), Shown(label: "Kind", value: .null)])
    #expect(bench.state.visits.first?.work == .task(nothing))
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: ["note": "urgent"]))
    #expect(bench.state.vars == ["note": "urgent", "kept": "as it was"])
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: [:]))
    #expect(bench.state.vars == ["kept": "as it was"] && bench.state.output == [:])
    #expect(bench.state.status == .completed)
    var erring = Bench([Step.task("work").with { $0.set = [Assignment("note", formula("vars.note + '!'"))] }, .end()]) {
      $0.variables = [Variable(name: "note", value: nil)]
    }
    try erring.start()
    try erring.take(.complete(step: nil, visit: nil, outcome: nil, result: .null))
    #expect(erring.incident?.code == "expression")
  }

  @Test("a form sent without any value counts as it was prefilled, and a field that is left out was cleared")
  func prefilled() throws {
    var task = TaskStep(assignees: [.initiator])
    task.form = try Schema(["type": "object", "properties": ["note": ["type": "string"], "days": ["type": "integer"]]])
    task.prefill = [Assignment("note", formula("'as before'")), Assignment("days", formula("3"))]
    let steps = [Step(id: "work", kind: .task(task), then: ["done": "done"]), .end()]
    for (sent, recorded): (Value, Value) in [
      (.null, ["note": "as before", "days": 3]), (["days": 4], ["days": 4]), ([:], [:]),
    ] {
      var bench = Bench(steps)
      try bench.start()
      try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: sent))
      #expect(bench.state.results["work"]?.output == recorded)
    }
  }

  @Test("only those who are asked complete a task, with one of its outcomes and a form that holds")
  func tasks() throws {
    var task = TaskStep(assignees: [.role("finance")])
    task.outcomes = ["fixed", "duplicate"]
    task.form = try Schema([
      "type": "object", "required": ["note"], "properties": ["note": ["type": "string", "minLength": 2]],
    ])
    var bench = Bench([
      Step(id: "work", kind: .task(task), then: ["fixed": "yes", "duplicate": "no"]), .end("yes", "fixed"),
      .end("no", "dup"),
    ])
    try bench.start()
    let complete = { (outcome: Outcome?, result: Value) in
      Command.Action.complete(step: nil, visit: nil, outcome: outcome, result: result)
    }
    #expect(refusal { try bench.take(complete("fixed", ["note": "ok"]), by: "anna") } == .notAllowed)
    #expect(refusal { try bench.take(complete(nil, ["note": "ok"]), by: "erik") } == .ambiguous)
    #expect(refusal { try bench.take(complete("other", ["note": "ok"]), by: "erik") } == .invalid)
    #expect(refusal { try bench.take(complete("fixed", ["note": "o"]), by: "erik") } == .invalid)
    try bench.take(complete("fixed", ["note": "ok"]), by: "erik")
    #expect(bench.state.outcome == "fixed")
    #expect(bench.state.results["work"]?.output == ["note": "ok"])
    #expect(bench.state.results["work"]?.by == "erik")
  }

  @Test("an exclusive gateway takes the first true branch")
  func exclusive() throws {
    let gateway = Step.gateway(
      "g", .exclusive, Branch(when: formula("input.n > 10"), then: "big"),
      Branch(when: formula("input.n > 5"), then: "mid"),
      Branch(isOtherwise: true, then: "small"))
    for (n, outcome) in [(11, "big"), (10, "mid"), (6, "mid"), (5, "small")] as [(Int64, String)] {
      var bench = Bench([gateway, .end("big", "big"), .end("mid", "mid"), .end("small", "small")]) {
        $0.input = try? Schema(["type": "object", "properties": ["n": ["type": "integer"]]])
      }
      try bench.start(["n": .int(n)])
      #expect(bench.state.outcome == outcome)
    }
  }

  @Test("an evaluation error is never false: it is an incident at the step")
  func evaluationErrors() throws {
    var bench = Bench([
      .gateway(
        "g", .exclusive, Branch(when: formula("vars.missing"), then: "done"), Branch(isOtherwise: true, then: "done")),
      .end(),
    ])
    try bench.start()
    #expect(bench.incident?.code == "expression")
    #expect(bench.state.status == .failed)
  }

  @Test("a cycle that neither waits nor counts becomes an incident")
  func runaway() throws {
    var bench = Bench([
      .gateway("a", .exclusive, Branch(isOtherwise: true, then: "b")),
      .gateway("b", .exclusive, Branch(isOtherwise: true, then: "a")),
    ])
    try bench.start()
    #expect(bench.incident?.code == "runaway")
    #expect(bench.state.counts["a"] ?? 0 <= 1_001)
  }

  @Test("a wait elapses when its instant has come, once, also long after")
  func waits() throws {
    var bench = Bench([
      Step(id: "pause", kind: .wait(WaitStep(span: .elapsed(.seconds(3_600)))), then: ["elapsed": "done"]), .end(),
    ])
    try bench.start()
    #expect(try bench.later(.seconds(3_599)).isEmpty)
    #expect(bench.state.nextTimer == bench.now.adding(.seconds(1)))
    try bench.later(.seconds(86_400))
    #expect(bench.state.status == .completed)
    #expect(try bench.later(.seconds(1)).isEmpty)
  }

  @Test("'expires' ends the visit with the outcome expired; waiting never becomes approval")
  func expires() throws {
    var bench = Bench([
      Step.approval(.level("ok", [.role("finance")]), then: ["approved": "yes", "rejected": "no", "expired": "late"])
        .with { $0.expires = .businessDays(2) }, .end("yes"), .end("no"), .end("late", "expired"),
    ])
    try bench.start()
    // Monday 09:00 and two working days on.
    #expect(bench.state.nextTimer == Timestamp(rfc3339: "2026-11-25T09:00:00Z"))
    try bench.later(.seconds(3 * 86_400))
    #expect(bench.state.outcome == "expired")
  }

  @Test("an expired visit sets nothing: there is no result to read")
  func expiredSetsNothing() throws {
    let step = Step(
      id: "work", kind: .task(TaskStep(assignees: [.initiator])), then: ["done": "done", "expired": "late"])
    var bench = Bench([
      step.with {
        $0.expires = .elapsed(.seconds(60))
        $0.set = [Assignment("note", formula("result.note"))]
      }, .end(), .end("late", "expired"),
    ])
    try bench.start()
    try bench.later(.seconds(61))
    #expect(bench.state.outcome == "expired")
    #expect(bench.state.vars.isEmpty)
  }

  @Test("escalation reminds and adds beside the work; it never moves a token")
  func escalates() throws {
    var bench = Bench([
      .approval(
        .level("ok", [.managerOf(.initiator)]) {
          $0.escalate = [
            Escalation(after: .elapsed(.seconds(60)), action: .remind),
            Escalation(after: .elapsed(.seconds(120)), action: .add([.role("manager"), .initiator])),
          ]
        }), .end("yes", "yes"), .end("no"),
    ])
    try bench.start()
    try bench.later(.seconds(61))
    #expect(bench.state.deliveries.map(\.to) == [["bob"]])
    try bench.later(.seconds(61))
    #expect(bench.approval()?.pool.map(\.person) == ["bob", "carl"])
    #expect(bench.waiting == ["ok"])
    try bench.approve(by: "carl")
    #expect(bench.state.outcome == "yes")
  }

  @Test("an unlawful person is never added by escalation")
  func escalationKeepsSeparation() throws {
    var bench = Bench([
      .approval(
        .level("ok", [.managerOf(.initiator)]) {
          $0.escalate = [Escalation(after: .elapsed(.seconds(60)), action: .handOver([.initiator]))]
        }), .end("yes"), .end("no"),
    ])
    try bench.start()
    try bench.later(.seconds(61))
    #expect(bench.approval()?.pool.map(\.person) == ["bob"])
  }

  @Test("operators suspend and resume; due timers wait meanwhile")
  func suspension() throws {
    var bench = Bench([
      Step(id: "pause", kind: .wait(WaitStep(span: .elapsed(.seconds(60)))), then: ["elapsed": "done"]), .end(),
    ])
    try bench.start()
    #expect(refusal { try bench.take(.suspend(reason: nil), by: "anna") } == .notAllowed)
    try bench.take(.suspend(reason: "audit"), by: "olga")
    try bench.later(.seconds(120))
    #expect(bench.state.status == .suspended)
    try bench.take(.resume(reason: nil), by: "olga")
    try bench.later(.seconds(1))
    #expect(bench.state.status == .completed)
  }

  @Test("cancelling closes everything, and nothing is owed afterwards")
  func cancelling() throws {
    var bench = Bench([.task("work", [.role("finance")]), .end()])
    try bench.start()
    try bench.take(.cancel(reason: "a mistake"))
    #expect(bench.state.status == .cancelled)
    #expect(bench.state.owed.isEmpty)
    #expect(
      refusal { try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: .null), by: "erik") } == .closed)
  }

  @Test("a notification is owed until it is delivered, and the token does not wait for it")
  func notification() throws {
    let notice = NotificationStep(
      to: [.initiator], subject: Template(text: "Paid"),
      body: Template(parts: [.text("See "), .formula(formula("instance.url"))]))
    var bench = Bench([Step(id: "tell", kind: .notification(notice), then: ["done": "done"]), .end()])
    try bench.start()
    #expect(bench.state.status == .completed)
    #expect(!bench.state.isArchivable)
    #expect(bench.state.deliveries.first?.body == "See https://writ.example/instances/sample-1")
    try bench.take(.deliveryFailed(id: "sample-1.tell.1", code: "network", message: "down"), by: "system:dispatcher")
    #expect(bench.state.deliveries.first?.notBefore != nil)
    try bench.take(.delivered(id: "sample-1.tell.1"), by: "system:dispatcher")
    #expect(bench.state.isArchivable)
  }

  @Test("the first matching row of a table decides")
  func table() throws {
    let table = TableStep(rows: [
      TableStep.Row(when: formula("input.n > 5"), outcome: "high", values: [Assignment("who", formula("'boss'"))]),
      TableStep.Row(when: nil, outcome: nil, values: [Assignment("who", formula("'anyone'"))]),
    ])
    var bench = Bench([
      Step(id: "t", kind: .table(table), then: ["high": "yes", "done": "no"]), .end("yes", "high"), .end("no", "low"),
    ]) { $0.input = try? Schema(["type": "object", "properties": ["n": ["type": "integer"]]]) }
    try bench.start(["n": 9])
    #expect(bench.state.outcome == "high")
    #expect(bench.state.results["t"]?.output == ["who": "boss"])
  }
}
