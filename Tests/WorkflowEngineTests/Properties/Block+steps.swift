import WorkflowEngine

/// Lays a tree of blocks out as steps, from the end to the beginning: each block is told what comes after it.
struct BlockLayout {
  private(set) var steps: [Step] = []
  private var last = 0

  static func workflow(of block: Block, random: inout SeededRandom) -> Workflow {
    var layout = BlockLayout()
    let start = layout.add(block, then: "done", fork: nil, &random)
    layout.steps.append(.end("done"))
    var workflow = Workflow(name: "test/random", title: "Random", start: start, steps: layout.steps)
    workflow.access.start = [.role("employee")]
    workflow.owner = .person("olga")
    workflow.events = Leaf.events
    return workflow
  }

  private typealias Fork = (gateway: StepID, after: StepID)

  private mutating func name(_ noun: String) -> StepID {
    last += 1
    return "\(noun)\(last)"
  }

  /// - Returns: where the block begins.
  private mutating func add(_ block: Block, then next: StepID, fork: Fork?, _ random: inout SeededRandom) -> StepID {
    switch block {
    case .leaf(let leaf):
      return add(leaf.step(name(leaf.rawValue.lowercased()), then: next, end: "done", &random))
    case .mayEnd:
      let end = add(Step.end(name("end")))
      return add(choosing(["on": next, "stop": end]))
    case .mayLeave:
      guard let fork else { return add(.leaf(.task), then: next, fork: nil, &random) }
      let leaving = add(Step.task(name("leave"), then: fork.after).with { $0.leave = fork.gateway })
      return add(choosing(["on": next, "leave": leaving]))
    case .sequence(let parts):
      return parts.reversed().reduce(next) { add($1, then: $0, fork: fork, &random) }
    case .choice(let parts):
      let ways = parts.enumerated().map { ("way\($0)", add($1, then: next, fork: fork, &random)) }
      return add(choosing(Dictionary(uniqueKeysWithValues: ways)))
    case .loop(let body):
      let id = name("again")
      let begin = add(body, then: id, fork: fork, &random)
      return add(choosing(["again": begin, "on": next], id: id))
    case .fork(let mode, let wait, let parts): return add(mode, wait, parts, then: next, &random)
    }
  }

  private mutating func add(
    _ mode: GatewayStep.Mode, _ wait: JoinStep.Wait, _ parts: [Block], then next: StepID, _ random: inout SeededRandom
  ) -> StepID {
    let gateway = name("fork")
    let join = add(Step.join(name("join"), of: gateway, wait, then: next))
    var branches = parts.map { part in
      let begin = add(part, then: join, fork: (gateway, next), &random)
      return mode == .parallel
        ? Branch(then: begin) : Branch(when: formula(random.once(in: 2) ? "true" : "false"), then: begin)
    }
    if mode == .inclusive {
      branches.append(Branch(isOtherwise: true, then: add(Step.task(name("other"), then: join))))
    }
    return add(Step(id: gateway, kind: .gateway(GatewayStep(mode: mode, branches: branches))))
  }

  private mutating func add(_ step: Step) -> StepID {
    steps.append(step)
    return step.id
  }

  private mutating func choosing(_ ways: [Outcome: StepID], id: StepID? = nil) -> Step {
    var task = TaskStep(assignees: [.initiator])
    task.outcomes = ways.keys.sorted()
    return Step(id: id ?? name("choose"), kind: .task(task), then: ways)
  }
}
