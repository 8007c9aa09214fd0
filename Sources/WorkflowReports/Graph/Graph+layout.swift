extension Graph {
  /// Lays the graph out from top to bottom in layers (Sugiyama, Tagawa and Toda, 1981).
  ///
  /// Cycles are broken by a depth-first search from the start in the author's order; layers are longest paths; crossings are
  /// reduced by medians; places are those of Brandes and Köpf; lines are orthogonal, in channels between the layers.
  package func layout() -> GraphLayout {
    GraphPlan(self).layout()
  }
}

/// The graph with ids resolved and words set: what layout and drawing both need.
struct GraphPlan {
  let graph: Graph
  /// Places in `graph.nodes`, and the faces of these nodes.
  let nodes: [Int]
  let faces: [NodeFace]
  /// Places in `graph.edges`, their ends as places in `nodes`, and their labels.
  let edges: [Int]
  let ends: [(from: Int, to: Int)]
  let labels: [Lettering]

  init(_ graph: Graph) {
    self.graph = graph
    var number: [String: Int] = [:]
    var nodes: [Int] = []
    for (index, node) in graph.nodes.enumerated() where number[node.id] == nil {
      number[node.id] = nodes.count
      nodes.append(index)
    }
    self.nodes = nodes
    faces = nodes.map { NodeFace(graph.nodes[$0]) }
    let known = graph.edges.indices.compactMap { index -> (edge: Int, from: Int, to: Int)? in
      guard let from = number[graph.edges[index].from], let to = number[graph.edges[index].to] else { return nil }
      return (index, from, to)
    }
    edges = known.map(\.edge)
    ends = known.map { ($0.from, $0.to) }
    labels = edges.map {
      Lettering(graph.edges[$0].label, in: .regular, size: EdgeLabel.size, width: EdgeLabel.maxWidth, lines: 2)
    }
  }

  func layout() -> GraphLayout {
    guard !nodes.isEmpty else { return GraphLayout(width: 0, height: 0, nodes: [], edges: []) }
    let roots = self.roots()
    let ranking = Ranking(nodeCount: nodes.count, edges: ends, roots: roots)
    var layered = Layered(
      Layered.Source(faces: faces, edges: ends, labels: labels, ranking: ranking, roots: roots))
    layered.reduceCrossings()
    var routing = Routing(layered, faces: faces, x: layered.settled(layered.horizontalPlaces()))
    routing.route()
    return routing.layout(of: self, runsBack: ranking.runsBack)
  }

  /// Where reading starts: start nodes, else nodes that no edge leads to.
  private func roots() -> [Int] {
    let starts = nodes.indices.filter { graph.nodes[nodes[$0]].kind == .start }
    if !starts.isEmpty { return starts }
    var isEntered = [Bool](repeating: false, count: nodes.count)
    for end in ends where end.from != end.to { isEntered[end.to] = true }
    return nodes.indices.filter { !isEntered[$0] }
  }
}
