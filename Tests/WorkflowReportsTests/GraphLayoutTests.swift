import Testing
import WorkflowEngine

@testable import WorkflowReports

@Suite("The layout of a graph")
struct GraphLayoutTests {
  /// A process with a fork, a long way round and a way back.
  static let sample = Graph(
    title: "Sample",
    nodes: ["a", "b", "c", "d", "e", "f", "g"].map {
      Graph.Node(id: $0, title: "Step \($0) with a name of some length", subtitle: "Task", kind: .task)
    },
    edges: [
      Graph.Edge("a", "b", label: "left"), Graph.Edge("a", "c", label: "right"), Graph.Edge("b", "d"),
      Graph.Edge("c", "d"), Graph.Edge("a", "e", label: "a long way round"), Graph.Edge("d", "e"),
      Graph.Edge("e", "a", label: "again"), Graph.Edge("e", "f"), Graph.Edge("e", "g", kind: .error),
    ])

  @Test("no node lies on another")
  func nodesAreApart() {
    let boxes = Self.sample.layout().nodes.map(\.box)
    for (index, box) in boxes.enumerated() {
      for other in boxes.dropFirst(index + 1) { #expect(!box.overlaps(other)) }
    }
    #expect(boxes.count == 7)
  }

  @Test("the same graph is always drawn the same")
  func isDeterministic() {
    #expect(Self.sample.svg().string == Self.sample.svg().string)
  }

  @Test("what people wrote never becomes markup")
  func escapes() {
    let hostile = "<script>alert('x')</script>\"&"
    let graph = Graph(
      title: hostile, summary: hostile,
      nodes: [
        Graph.Node(id: "a", title: hostile, subtitle: hostile, kind: .task, badges: [hostile]),
        Graph.Node(id: "b", title: "", kind: .end),
      ],
      edges: [Graph.Edge("a", "b", label: hostile)])
    let text = graph.svg(GraphDrawing(isStandalone: true)).string
    #expect(!text.contains("<script"))
    #expect(text.contains("&lt;script"))
  }

  @Test("a chain of ten thousand steps is laid out without running deep")
  func longChain() {
    let ids = (0..<10_000).map { "s\($0)" }
    let graph = Graph(
      nodes: ids.map { Graph.Node(id: $0, title: $0, kind: .task) },
      edges: zip(ids, ids.dropFirst()).map { Graph.Edge($0, $1) })
    #expect(graph.layout().nodes.count == 10_000)
  }

  @Test("a definition becomes a graph with every way out of its steps")
  func definition() throws {
    let when = try Formula("input.amount > 10")
    var pay = Step(id: "pay", kind: .service(ServiceStep(uses: "http")), then: ["done": "paid"])
    pay.onError = [ErrorRoute(then: "lost")]
    let workflow = Workflow(
      name: "x/y", title: "Y", start: "triage",
      steps: [
        Step(
          id: "triage",
          kind: .gateway(
            GatewayStep(branches: [Branch(when: when, then: "pay"), Branch(isOtherwise: true, then: "paid")]))),
        pay, Step(id: "paid", kind: .end(EndStep())), Step(id: "lost", kind: .end(EndStep())),
      ])
    let graph = Graph(workflow)
    #expect(graph.nodes.map(\.id) == ["·start", "triage", "pay", "paid", "lost"])
    #expect(
      graph.edges == [
        Graph.Edge("·start", "triage"), Graph.Edge("triage", "pay", label: "input.amount > 10"),
        Graph.Edge("triage", "paid", label: "otherwise", kind: .otherwise), Graph.Edge("pay", "paid"),
        Graph.Edge("pay", "lost", label: "any error", kind: .error),
      ])
  }
}
