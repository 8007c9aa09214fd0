package import WorkflowEngine

extension Graph {
  /// The graph with what scenarios have reached; what none has is marked as missing.
  package func marked(by coverage: Coverage) -> Graph {
    var graph = self
    let missed = Set(coverage.missedSteps)
    for index in graph.nodes.indices where coverage.steps.contains(graph.nodes[index].id) {
      let isMissed = missed.contains(graph.nodes[index].id)
      graph.nodes[index].mark = isMissed ? .unreachable : .done
      if isMissed { graph.nodes[index].badges.append("no scenario") }
    }
    for index in graph.edges.indices {
      let edge = graph.edges[index]
      if coverage.taken.contains(Coverage.Way(from: edge.from, to: edge.to)) { graph.edges[index].mark = .taken }
    }
    return graph
  }
}
