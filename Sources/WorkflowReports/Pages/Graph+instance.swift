import WorkflowEngine

extension Graph {
  /// The graph with where an instance is and was: steps that are open, done or stuck, and the ways it took.
  func marked(by instance: Instance, _ entries: [Entry]) -> Graph {
    var graph = self
    let taken = Self.ways(entries)
    let open = Set(instance.visits.filter { $0.incident == nil }.map(\.step))
    let stuck = Set(instance.visits.filter { $0.incident != nil }.map(\.step))
    for index in graph.nodes.indices {
      let id = graph.nodes[index].id
      let visits = instance.counts[id] ?? 0
      if stuck.contains(id) {
        graph.nodes[index].mark = .failed
      } else if open.contains(id) {
        graph.nodes[index].mark = .active
      } else if visits > 0 {
        graph.nodes[index].mark = .done
      }
      if visits > 1 { graph.nodes[index].badges.append("\(visits) visits") }
    }
    for index in graph.edges.indices {
      let edge = graph.edges[index]
      if taken.contains([edge.from, edge.to]) { graph.edges[index].mark = .taken }
    }
    return graph
  }

  /// Pairs of steps between which a token went.
  private static func ways(_ entries: [Entry]) -> Set<[StepID]> {
    var ways: Set<[StepID]> = []
    for entry in entries {
      switch entry.event {
      case .left(let left): if let to = left.to { ways.insert([left.step, to]) }
      case .forked(let forked): for branch in forked.branches { ways.insert([forked.step, branch.to]) }
      case .frameLeft(_, _, let to, _): ways.insert(["", to])
      default: break
      }
    }
    return ways
  }
}
