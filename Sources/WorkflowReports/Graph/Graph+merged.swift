extension Graph {
  /// The same picture with edges that say the same between the same two nodes drawn as one: `rejected, returned`.
  func mergingParallelEdges() -> Graph {
    struct Likeness: Hashable {
      let from, to: String
      let kind: EdgeKind
      let mark: EdgeMark
    }
    var merged: [Edge] = []
    var place: [Likeness: Int] = [:]
    for edge in edges {
      let likeness = Likeness(from: edge.from, to: edge.to, kind: edge.kind, mark: edge.mark)
      guard let index = place[likeness] else {
        place[likeness] = merged.count
        merged.append(edge)
        continue
      }
      let labels = [merged[index].label, edge.label].filter { !$0.isEmpty }
      merged[index].label = labels.joined(separator: ", ")
    }
    var graph = self
    graph.edges = merged
    return graph
  }
}
