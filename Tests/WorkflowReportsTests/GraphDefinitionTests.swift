import Testing
import WorkflowEngine

@testable import WorkflowReports

@Suite("The graph of a definition")
struct GraphDefinitionTests {
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
