/// Which edges run against the flow, and how far down every node stands.
struct Ranking {
  /// By node: 0 for the first row.
  var rank: [Int]
  /// By edge: true for edges that close a cycle and are drawn going back.
  var runsBack: [Bool]

  /// - Parameters:
  ///   - edges: by number of node, in the author's order.
  ///   - roots: where the depth-first search starts, in this order; then every node not yet seen.
  init(nodeCount: Int, edges: [(from: Int, to: Int)], roots: [Int]) {
    var outgoing = [[Int]](repeating: [], count: nodeCount)
    for (index, edge) in edges.enumerated() { outgoing[edge.from].append(index) }
    let search = DepthFirst(outgoing: outgoing, edges: edges, roots: roots + Array(0..<nodeCount))
    runsBack = search.runsBack
    rank = [Int](repeating: 0, count: nodeCount)
    for node in search.finished.reversed() {
      for edge in outgoing[node] where !runsBack[edge] {
        rank[edges[edge].to] = max(rank[edges[edge].to], rank[node] + 1)
      }
    }
  }
}

/// A depth-first search with its own stack: a chain of any length costs no call depth.
private struct DepthFirst {
  var runsBack: [Bool]
  /// Nodes in the order in which the search left them; reversed, a topological order of the edges that do not run back.
  var finished: [Int] = []

  init(outgoing: [[Int]], edges: [(from: Int, to: Int)], roots: [Int]) {
    enum Visit { case new, open, done }
    runsBack = [Bool](repeating: false, count: edges.count)
    var visit = [Visit](repeating: .new, count: outgoing.count)
    var next = [Int](repeating: 0, count: outgoing.count)
    var stack: [Int] = []
    for root in roots where visit[root] == .new {
      stack.append(root)
      visit[root] = .open
      while let node = stack.last {
        guard next[node] < outgoing[node].count else {
          visit[node] = .done
          finished.append(node)
          stack.removeLast()
          continue
        }
        let edge = outgoing[node][next[node]]
        next[node] += 1
        let target = edges[edge].to
        switch visit[target] {
        case .open: runsBack[edge] = true
        case .done: break
        case .new:
          visit[target] = .open
          stack.append(target)
        }
      }
    }
  }
}
