extension Layered {
  /// What the rows are made from: nodes and edges by number, with their sizes.
  struct Source {
    let faces: [NodeFace]
    let edges: [(from: Int, to: Int)]
    /// By edge: its label set in lines, without lines where it has none.
    let labels: [Lettering]
    let ranking: Ranking
    let roots: [Int]
  }

  /// The rows in the author's order: depth first, an edge that runs back to the right of what was met before.
  init(_ source: Source) {
    let rows = RowNumbers(source)
    layers = [[Int]](repeating: [], count: rows.count)
    for (node, face) in source.faces.enumerated() {
      let row = rows.ofNodes(at: source.ranking.rank[node])
      _ = add(
        Item(role: .node(node), layer: row, edge: nil, left: face.left, right: face.right, height: face.height))
    }
    var shared = Shared(source)
    for edge in source.edges.indices {
      let chain = addChain(of: edge, source, &shared)
      chains.append(chain)
      chainLinks.append(zip(chain, chain.dropFirst()).map { link($0, $1) })
    }
    arrangeAsWritten(source)
  }

  /// What edges to one node share, by the node.
  private struct Shared {
    /// Bends above which a picture is too large for a line of its own for every edge.
    private static let limit = 4_000

    /// Edges that run back meet in one turn above the node and enter it as one line.
    var turnAbove: [Int: Int] = [:]
    /// In a large picture all edges that run down to the node meet in one line, and all that run up in another: its bends.
    var trunks: [Trunk: Int] = [:]
    let hasTrunks: Bool

    struct Trunk: Hashable {
      let target: Int
      let runsBack: Bool
      let layer: Int
    }

    init(_ source: Source) {
      let spans = source.edges.map { abs(source.ranking.rank[$0.to] - source.ranking.rank[$0.from]) }
      hasTrunks = spans.reduce(0, +) > Self.limit
    }
  }

  private mutating func addChain(of edge: Int, _ source: Source, _ shared: inout Shared) -> [Int] {
    let (from, to) = source.edges[edge]
    let (first, last) = (items[from].layer, items[to].layer)
    let label = source.labels[edge]
    if source.ranking.runsBack[edge] {
      let below = add(turn(label, edge: edge, layer: first + 1))
      let bends = stride(from: first, through: last, by: -1).map {
        bend(of: edge, Shared.Trunk(target: to, runsBack: true, layer: $0), &shared)
      }
      let above = shared.turnAbove[to] ?? add(turn(nil, edge: edge, layer: last - 1))
      shared.turnAbove[to] = above
      return [from, below] + bends + [above, to]
    }
    let passing = (first + 1..<last).map { layer in
      guard layer == first + 1, !label.lines.isEmpty else {
        return bend(of: edge, Shared.Trunk(target: to, runsBack: false, layer: layer), &shared)
      }
      let half = label.width / 2 + EdgeLabel.padding
      let height = EdgeLabel.height(of: label)
      return add(Item(role: .label, layer: layer, edge: edge, left: half, right: half, height: height))
    }
    return [from] + passing + [to]
  }

  private mutating func bend(of edge: Int, _ trunk: Shared.Trunk, _ shared: inout Shared) -> Int {
    if let bend = shared.trunks[trunk] { return bend }
    let bend = add(Item(role: .bend, layer: trunk.layer, edge: edge))
    if shared.hasTrunks { shared.trunks[trunk] = bend }
    return bend
  }

  private func turn(_ label: Lettering?, edge: Int, layer: Int) -> Item {
    guard let label, !label.lines.isEmpty else {
      return Item(role: .turn, layer: layer, edge: edge, left: 12, right: 12, height: 0)
    }
    let half = label.width / 2 + EdgeLabel.padding + 12
    return Item(
      role: .turn, layer: layer, edge: edge, left: half, right: half, height: EdgeLabel.height(of: label))
  }

  /// Puts every item into its row in the order in which a reader who follows the author's branches meets it.
  private mutating func arrangeAsWritten(_ source: Source) {
    var outgoing = [[Int]](repeating: [], count: source.faces.count)
    for (index, edge) in source.edges.enumerated() { outgoing[edge.from].append(index) }
    var isMet = [Bool](repeating: false, count: items.count)
    var next = [Int](repeating: 0, count: source.faces.count)
    for root in source.roots + Array(source.faces.indices) where !isMet[root] {
      isMet[root] = true
      layers[items[root].layer].append(root)
      var path = [root]
      while let node = path.last {
        guard next[node] < outgoing[node].count else {
          path.removeLast()
          continue
        }
        let edge = outgoing[node][next[node]]
        next[node] += 1
        for item in chains[edge].dropFirst().dropLast() where !isMet[item] {
          isMet[item] = true
          layers[items[item].layer].append(item)
        }
        let target = source.edges[edge].to
        if !isMet[target] {
          isMet[target] = true
          layers[items[target].layer].append(target)
          path.append(target)
        }
      }
    }
    for layer in layers.indices { numberPositions(in: layer) }
  }
}

/// Numbers the rows: one for each rank of nodes, and between them one where an edge needs a place for its label or turn.
private struct RowNumbers {
  private let rows: [Int]
  let count: Int

  init(_ source: Layered.Source) {
    let ranks = (source.ranking.rank.max() ?? 0) + 1
    var isUsed = (0...2 * ranks).map { $0 % 2 == 1 }
    for (edge, ends) in source.edges.enumerated() {
      let isBack = source.ranking.runsBack[edge]
      if isBack || !source.labels[edge].lines.isEmpty { isUsed[2 * source.ranking.rank[ends.from] + 2] = true }
      if isBack { isUsed[2 * source.ranking.rank[ends.to]] = true }
    }
    var count = 0
    rows = isUsed.map { used in
      defer { if used { count += 1 } }
      return count
    }
    self.count = count
  }

  func ofNodes(at rank: Int) -> Int { rows[2 * rank + 1] }
}

/// How labels of edges are set.
enum EdgeLabel {
  static let size = 12.0
  static let line = 15.0
  static let padding = 6.0
  static let maxWidth = 150.0

  static func height(of label: Lettering) -> Double { line * Double(label.lines.count) + 4 }
}
