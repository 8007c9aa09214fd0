import Testing

@testable import WorkflowReports

@Suite("The layout of a graph")
struct GraphLayoutTests {
  /// Small and dense, wide, long: whatever people draw.
  static let drawn: [Drawn] = {
    let random = (1...24).map { Graph.random(seed: UInt64($0), nodes: 4 + $0, edges: 6 + 2 * $0) }
    let graphs = [Graph.expense, Graph.random(seed: 99, nodes: 40, edges: 60), Graph.ladder(steps: 95)] + random
    return graphs.map(Drawn.init)
  }()

  struct Drawn: CustomTestStringConvertible {
    let graph: Graph
    let layout: GraphLayout

    init(_ graph: Graph) {
      self.graph = graph
      layout = graph.layout()
    }

    var testDescription: String { "\(graph.title) of \(graph.nodes.count) nodes" }
  }

  @Test("no node lies on another, words included", arguments: drawn)
  func nodesAreApart(drawn: Drawn) {
    let extents = drawn.layout.nodes.map(\.extent)
    for (index, extent) in extents.enumerated() {
      for other in extents.dropFirst(index + 1) { #expect(!extent.overlaps(other)) }
    }
    #expect(extents.count == drawn.graph.nodes.count)
  }

  @Test("no line crosses a node", arguments: drawn)
  func linesAvoidNodes(drawn: Drawn) {
    let layout = drawn.layout
    for edge in layout.edges {
      for piece in edge.pieces {
        for node in layout.nodes { #expect(!piece.overlaps(node.box), "\(drawn.graph.edges[edge.index])") }
      }
    }
  }

  @Test("no label lies on a node, a label or another edge's line", arguments: drawn)
  func labelsAreApart(drawn: Drawn) {
    let layout = drawn.layout
    for (index, edge) in layout.edges.enumerated() {
      #expect((edge.label != nil) == !drawn.graph.edges[edge.index].label.isEmpty)
      guard let label = edge.label else { continue }
      for node in layout.nodes { #expect(!label.overlaps(node.extent)) }
      for (number, other) in layout.edges.enumerated() where number != index {
        if let second = other.label { #expect(!label.overlaps(second)) }
        for piece in other.pieces { #expect(!label.overlaps(piece)) }
      }
      #expect(edge.pieces.contains { $0.overlaps(label) }, "a label lies on its own line")
    }
  }

  @Test("every line is made of horizontal and vertical pieces from its source to its target", arguments: drawn)
  func linesAreOrthogonal(drawn: Drawn) throws {
    let (graph, layout) = (drawn.graph, drawn.layout)
    for edge in layout.edges {
      for (a, b) in zip(edge.points, edge.points.dropFirst()) { #expect((a.x == b.x) != (a.y == b.y)) }
      let source = try #require(layout.nodes.first { graph.nodes[$0.index].id == graph.edges[edge.index].from })
      let target = try #require(layout.nodes.first { graph.nodes[$0.index].id == graph.edges[edge.index].to })
      #expect(source.box.touches(edge.points[0]))
      #expect(target.box.touches(edge.points[edge.points.count - 1]))
    }
  }

  @Test("in a large picture the lines to one node meet: its size grows with the steps, not with their square")
  func trunks() {
    let sizes = [100, 300].map { steps in Graph.ladder(steps: steps).layout().edges.reduce(0) { $0 + $1.points.count } }
    #expect(sizes[1] < 4 * sizes[0])
  }

  @Test("everything lies on the sheet", arguments: drawn)
  func fitsTheSheet(drawn: Drawn) {
    let layout = drawn.layout
    let sheet = Box(x: 0, y: 0, width: layout.width, height: layout.height)
    for box in layout.nodes.map(\.extent) + layout.edges.compactMap(\.label) + layout.edges.flatMap(\.pieces) {
      #expect(sheet.minX <= box.minX && box.maxX <= sheet.maxX && sheet.minY <= box.minY && box.maxY <= sheet.maxY)
    }
  }

  @Test("the same graph always has the same layout", arguments: drawn)
  func isDeterministic(drawn: Drawn) {
    #expect(drawn.graph.layout() == drawn.layout)
  }

  @Test("the flow runs down, and what closes a cycle runs back")
  func flowsDown() throws {
    let layout = Graph.expense.layout()
    let back = layout.edges.filter(\.runsBack).map { Graph.expense.edges[$0.index].from }
    #expect(back == ["revise"])
    for edge in layout.edges where !edge.runsBack {
      #expect(edge.points[0].y < edge.points[edge.points.count - 1].y)
    }
  }

  @Test("one step more leaves the others where they were, beside and above each other")
  func isStable() {
    var grown = Graph.expense
    grown.nodes.append(Graph.Node(id: "book", title: "Book it", kind: .service))
    grown.edges[grown.edges.count - 1].to = "book"
    grown.edges.append(Graph.Edge("book", "paid"))
    let (before, after) = (Graph.expense.layout(), grown.layout())
    for (old, new) in zip(before.nodes, after.nodes) {
      #expect(abs(old.box.midX - new.box.midX) < 12, "\(Graph.expense.nodes[old.index].id)")
      if Graph.expense.nodes[old.index].id != "paid" { #expect(old.box.midY == new.box.midY) }
    }
  }

  @Test("ends that do not exist and ids that repeat are left out")
  func ignoresWhatDoesNotExist() {
    let graph = Graph(
      nodes: [Graph.Node(id: "a", title: "A", kind: .task), Graph.Node(id: "a", title: "again", kind: .task)],
      edges: [Graph.Edge("a", "nowhere"), Graph.Edge("nowhere", "a"), Graph.Edge("a", "a")])
    let layout = graph.layout()
    #expect(layout.nodes.map(\.index) == [0])
    #expect(layout.edges.map(\.index) == [2])
    #expect(Graph(nodes: [], edges: []).layout().nodes.isEmpty)
  }

  @Test("a chain of ten thousand steps is laid out without running deep")
  func longChain() {
    let ids = (0..<10_000).map { "s\($0)" }
    let graph = Graph(
      nodes: ids.map { Graph.Node(id: $0, title: $0, kind: .task) },
      edges: zip(ids, ids.dropFirst()).map { Graph.Edge($0, $1) })
    let layout = graph.layout()
    #expect(layout.nodes.count == 10_000)
    #expect(Set(layout.nodes.map(\.box.midX)).count == 1)
  }

  @Test("a fork of a thousand branches is laid out")
  func wideFork() {
    let ids = (0..<1000).map { "b\($0)" }
    let graph = Graph(
      nodes: [
        Graph.Node(id: "fork", title: "", kind: .gateway(.parallel)), Graph.Node(id: "join", title: "", kind: .join),
      ]
        + ids.map { Graph.Node(id: $0, title: $0, kind: .task) },
      edges: ids.map { Graph.Edge("fork", $0) } + ids.map { Graph.Edge($0, "join") })
    let layout = graph.layout()
    #expect(layout.nodes.count == 1002)
    #expect(layout.height < 400)
  }
}

extension GraphLayout.RoutedEdge {
  /// The pieces of the line as thin boxes, a little short at the ends, where they touch their nodes.
  fileprivate var pieces: [Box] {
    zip(points, points.dropFirst()).map { a, b in
      let (x, y) = (min(a.x, b.x), min(a.y, b.y))
      let (width, height) = (abs(a.x - b.x), abs(a.y - b.y))
      return Box(
        x: width > 1 ? x + 0.5 : x - 0.1, y: height > 1 ? y + 0.5 : y - 0.1, width: max(width - 1, 0.2),
        height: max(height - 1, 0.2))
    }
  }
}

extension Box {
  fileprivate func touches(_ point: Point) -> Bool {
    let isWithin = minX <= point.x && point.x <= maxX && minY <= point.y && point.y <= maxY
    return isWithin && (point.x == minX || point.x == maxX || point.y == minY || point.y == maxY)
  }
}
