import Testing

@testable import WorkflowReports

@Suite("The drawing of a graph")
struct GraphDrawingTests {
  static let hostile = "</title><script>alert('x')</script>\"&\u{1B}\u{0}]]>"

  static let hostileGraph = Graph(
    title: hostile, summary: hostile,
    nodes: [
      Graph.Node(id: hostile, title: hostile, subtitle: hostile, kind: .task, badges: [hostile], mark: .changed),
      Graph.Node(id: "g", title: hostile, kind: .gateway(.inclusive)), Graph.Node(id: "b", title: "", kind: .end),
    ],
    edges: [
      Graph.Edge(hostile, "g", label: hostile, kind: .error), Graph.Edge("g", "b", label: hostile),
      Graph.Edge("g", hostile, label: hostile, mark: .removed),
    ])

  @Test("is well-formed XML, whatever people wrote", arguments: [true, false])
  func isWellFormed(standalone: Bool) throws {
    for graph in [Graph.expense, Self.hostileGraph] {
      let svg = graph.svg(GraphDrawing(isStandalone: standalone) { "#\($0.id)" })
      try WellFormed.check(svg.string)
      #expect(!svg.string.contains("<script"))
      #expect(!svg.bytes.contains { $0 < 0x20 && $0 != 0x0A })
    }
  }

  @Test("a step has its id, its place for the focus and its name in words")
  func namesSteps() {
    let text = Graph.expense.svg().string
    #expect(text.contains("id=\"step-approve\" data-step=\"approve\" class=\"node is-approval\" tabindex=\"0\""))
    #expect(text.contains("aria-label=\"Approve the expense, Approval, due 2 business days\""))
  }

  @Test("with links the link takes the focus, and no address can run a program")
  func links() {
    let linked = Graph.expense.svg(GraphDrawing { "/workflows/expense#\($0.id)" }).string
    #expect(linked.contains("<a href=\"/workflows/expense#approve\""))
    #expect(!linked.contains("tabindex"))
    #expect(Graph.expense.svg(GraphDrawing { _ in "javascript:alert(1)" }).string.contains("<a href=\"#\""))
  }

  @Test("a file of its own is an image with its own styles; on a page it takes the page's")
  func standsAlone() {
    let file = Graph.expense.svg(GraphDrawing(isStandalone: true)).string
    #expect(file.contains("role=\"img\"") && file.contains("<style>") && file.contains("prefers-color-scheme"))
    #expect(!Graph.expense.svg().string.contains("<style>"))
    #expect(!Graph.expense.svg().string.contains("style=\""))
  }

  @Test("every mark has a symbol of its own beside its colour")
  func marksHaveSymbols() {
    let symbols = Graph.Mark.allCases.filter { $0 != .none }.map { Symbol.path(for: $0).string }
    #expect(Set(symbols).count == symbols.count && !symbols.contains(""))
    for mark in Graph.Mark.allCases where mark != .none {
      let graph = Graph(nodes: [Graph.Node(id: "a", title: "A", kind: .task, mark: mark)], edges: [])
      let text = graph.svg().string
      #expect(
        text.contains("class=\"node is-task is-\(mark.rawValue)\"") && text.contains(Symbol.path(for: mark).string))
    }
  }

  @Test("edges that differ only in their outcome are drawn once")
  func mergesParallelEdges() {
    let text = Graph.expense.svg().string
    #expect(text.contains(">rejected, expired</text>"))
  }

  @Test("Mermaid text keeps titles and labels inert")
  func mermaid() {
    let graph = Graph(
      nodes: [
        Graph.Node(id: "end", title: "x\"] --> <b>\n%%{init}%%", kind: .task),
        Graph.Node(id: "b", title: "Done", kind: .end, mark: .active),
      ],
      edges: [Graph.Edge("end", "b", label: "a|b", kind: .error)])
    let expected = """
      flowchart TD
        n0["x#34;#93; #45;#45;#62; #60;b#62; #37;#37;#123;init#125;#37;#37;"]
        n1((("Done"))):::active
        n0 -.->|"a#124;b"| n1
        classDef active stroke:#24509c,stroke-width:4px

      """
    #expect(graph.mermaid() == expected)
  }
}
