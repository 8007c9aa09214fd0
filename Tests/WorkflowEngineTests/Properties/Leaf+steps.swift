import CEL
import WorkflowEngine

extension Leaf {
  static let events = [
    MessageDeclaration(name: "paid", from: [.role("finance")]), MessageDeclaration(name: "stop", from: [.initiator]),
  ]

  /// What a call finds.
  static let callee = DeployedWorkflow(
    workflow: Workflow(name: "test/child", title: "Child", start: "a", steps: [.end("a", "fine")]), version: 1,
    digest: "c")

  /// - Parameter end: a step that ends its path.
  func step(_ id: StepID, then next: StepID, end: StepID, _ random: inout SeededRandom) -> Step {
    switch self {
    case .task: .task(id, then: next)
    case .service: .service(id, then: next) { $0.retry.attempts = 2 }
    case .wait: Self.wait(id, WaitStep(span: .elapsed(.seconds(3_600))), ["elapsed": next])
    case .approval: approval(id, then: next, isJoint: random.once(in: 2))
    case .chain: chain(id, then: next)
    case .eachTask: .task(id, then: next).with { $0.each = Self.each(&random) }
    case .eachService: .service(id, then: next) { $0.retry.attempts = 2 }.with { $0.each = Self.each(&random) }
    case .eachCall: call(id, then: ["done": next]).with { $0.each = Self.each(&random) }
    case .call: call(id, then: ["fine": next])
    case .message: Self.wait(id, WaitStep(event: "paid"), ["paid": next])
    case .messageOrTime:
      Self.wait(id, WaitStep(span: .elapsed(.seconds(60)), event: "paid"), ["paid": next, "elapsed": next])
    case .guarded:
      .service(id, then: next) { $0.retry.attempts = 1 }.with {
        $0.onError = [ErrorRoute(code: "http.503", then: next)]
      }
    case .undoable: .service(id, then: next) { $0.undo = Undo(uses: "http", parameters: []) }
    case .expiring:
      .task(id, then: next).with {
        $0.expires = .elapsed(.seconds(600))
        $0.then["expired"] = next
      }
    case .listening: .task(id, then: next).with { $0.onEvent = [EventHandler(event: "stop", then: next)] }
    case .beside: .task(id, then: next).with { $0.onEvent = [EventHandler(event: "stop", cancels: false, then: end)] }
    case .notification:
      Step(
        id: id,
        kind: .notification(
          NotificationStep(to: [.initiator], subject: Template(text: "So"), body: Template(text: "it is"))),
        then: ["done": next])
    case .table:
      Step(
        id: id,
        kind: .table(
          TableStep(rows: [
            .init(when: formula("instance.version > 1"), outcome: "later", values: []),
            .init(when: nil, outcome: nil, values: [Assignment("x", formula("1"))]),
          ])), then: ["later": next, "done": next])
    }
  }

  private static func wait(_ id: StepID, _ wait: WaitStep, _ then: [Outcome: StepID]) -> Step {
    Step(id: id, kind: .wait(wait), then: then)
  }

  private static func each(_ random: inout SeededRandom) -> Each {
    Each(
      list: formula(["[]", "[1]", "['a', 'b', 'c']"].randomElement(using: &random) ?? "[]"),
      until: random.once(in: 3) ? formula("output.size() > 1") : nil, maxParallel: random.once(in: 2) ? 2 : nil,
      keepsFailures: random.once(in: 2))
  }

  private func call(_ id: StepID, then: [Outcome: StepID]) -> Step {
    Step(id: id, kind: .call(CallStep(workflow: "test/child", input: [])), then: then)
  }

  private func approval(_ id: StepID, then next: StepID, isJoint: Bool) -> Step {
    let level = ApprovalStep.Level.level(id, [.role("manager")]) { if isJoint { $0.require = .all } }
    return Step(
      id: id, kind: .approval(ApprovalStep(levels: [level])),
      then: ["approved": next, "rejected": next, "returned": next])
  }

  private func chain(_ id: StepID, then next: StepID) -> Step {
    let levels: [ApprovalStep.Level] = [
      .level("managers", [.role("manager")]), .level("finance", [.role("finance")]) { $0.rejectWhen = .impossible },
    ]
    return Step(
      id: id, kind: .approval(ApprovalStep(levels: levels)),
      then: ["approved": next, "rejected": next, "returned": next, "withdrawn": next, "expired": next]
    ).with { $0.expires = .elapsed(.seconds(86_400)) }
  }
}
