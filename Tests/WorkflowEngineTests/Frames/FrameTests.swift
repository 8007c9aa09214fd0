import CEL
import Testing
import WorkflowEngine

@Suite("Tokens and frames")
struct FrameTests {
  private func parallel(_ wait: JoinStep.Wait = .all, _ change: (inout [Step]) -> Void = { _ in }) throws -> Bench {
    var steps: [Step] = [
      .gateway("fork", .parallel, Branch(then: "a"), Branch(then: "b"), Branch(then: "c")), .task("a", then: "meet"),
      .task("b", then: "meet"), .task("c", then: "meet"), .join("meet", of: "fork", wait), .end("done", "all"),
      .end("gone", "gone"),
    ]
    change(&steps)
    var bench = Bench(steps)
    try bench.start()
    return bench
  }

  private func complete(_ bench: inout Bench, _ step: StepID) throws {
    try bench.take(.complete(step: step, visit: nil, outcome: nil, result: .null))
  }

  @Test("a join of all waits for every branch that was taken")
  func all() throws {
    var bench = try parallel()
    #expect(bench.waiting == ["a", "b", "c"])
    try complete(&bench, "b")
    try complete(&bench, "a")
    #expect(bench.waiting == ["c"])
    try complete(&bench, "c")
    #expect(bench.state.outcome == "all")
  }

  @Test("a join of any fires once and cancels what is left of its frame")
  func any() throws {
    var bench = try parallel(.any)
    try complete(&bench, "b")
    #expect(bench.state.outcome == "all")
    let cancelled = bench.entries.compactMap { if case .joined(_, _, _, _, let gone) = $0.event { gone } else { nil } }
    #expect(cancelled.first?.map(\.step) == ["a", "c"])
  }

  @Test("a join of a number fires with that many")
  func count() throws {
    var bench = try parallel(.count(2))
    try complete(&bench, "b")
    #expect(bench.state.status == .waiting)
    try complete(&bench, "c")
    #expect(bench.state.outcome == "all")
  }

  @Test("a number that can no longer be reached is an incident")
  func starved() throws {
    var bench = try parallel(.count(2)) { steps in
      steps[1].then = ["done": "gone"]
      steps[2].then = ["done": "gone"]
    }
    try complete(&bench, "a")
    try complete(&bench, "b")
    #expect(bench.state.status == .waiting)
    try complete(&bench, "c")
    #expect(bench.incident?.code == "join")
  }

  @Test("an inclusive gateway takes every true branch, and its join waits for just those")
  func inclusive() throws {
    var bench = try parallel { steps in
      steps[0] = .gateway(
        "fork", .inclusive, Branch(when: formula("true"), then: "a"), Branch(when: formula("false"), then: "b"),
        Branch(when: formula("1 < 2"), then: "c"))
    }
    #expect(bench.waiting == ["a", "c"])
    try complete(&bench, "a")
    try complete(&bench, "c")
    #expect(bench.state.outcome == "all")
  }

  @Test("when every branch has ended, the frame closes and the parent branch ends")
  func allEnd() throws {
    var bench = try parallel { steps in
      for index in 1...3 { steps[index].then = ["done": "gone"] }
    }
    for step in ["a", "b", "c"] { try complete(&bench, step) }
    #expect(bench.state.status == .completed)
    #expect(bench.state.outcome == "completed")
  }

  @Test("'terminate' cancels everything else and names the outcome")
  func terminate() throws {
    var bench = try parallel { steps in
      steps[1].then = ["done": "gone"]
      steps[6] = Step(id: "gone", kind: .end(EndStep(outcome: "stopped", terminate: true)))
    }
    try complete(&bench, "a")
    #expect(bench.state.outcome == "stopped")
    #expect(bench.state.visits.isEmpty)
  }

  @Test("'leave' cancels the gateway's frame and goes on in its parent")
  func leave() throws {
    var bench = try parallel { steps in
      steps[1].then = ["done": "gone"]
      steps[1].leave = "fork"
    }
    try complete(&bench, "a")
    #expect(bench.state.outcome == "gone")
    #expect(bench.state.frames.isEmpty)
  }

  @Test("frames nest, and an inner frame's end counts for the outer one")
  func nesting() throws {
    var bench = try parallel { steps in
      steps[1] = .gateway("a", .parallel, Branch(then: "x"), Branch(then: "y"))
      steps += [.task("x", then: "inner"), .task("y", then: "inner"), .join("inner", of: "a", then: "meet")]
    }
    for step in ["b", "c", "x"] { try complete(&bench, step) }
    #expect(bench.state.frames.count == 3)
    try complete(&bench, "y")
    #expect(bench.state.outcome == "all")
  }

  @Test("an approval whose shown values change is superseded and opens again")
  func superseded() throws {
    var bench = Bench([
      .gateway("fork", .parallel, Branch(then: "ok"), Branch(then: "work")),
      .approval(.level("ok", [.role("finance")]), then: ["approved": "meet", "rejected": "meet"]),
      Step.task("work", then: "meet").with { $0.set = [Assignment("n", formula("vars.n + 1"))] },
      .join("meet", of: "fork"), .end("done", "all"),
    ]) { $0.variables = [Variable(name: "n", value: formula("1"))] }
    try bench.start()
    let before = try #require(bench.approval())
    try complete(&bench, "work")
    let after = try #require(bench.approval())
    #expect(after.digest != before.digest)
    #expect(bench.state.counts["ok"] == 2)
    #expect(refusal { try bench.take(.decide(Command.Decide(.approve, digest: before.digest)), by: "erik") } == .stale)
    try bench.approve(by: "erik")
    #expect(bench.state.outcome == "all")
  }
}
