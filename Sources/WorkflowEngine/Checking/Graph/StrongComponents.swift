extension StepGraph {
  /// The cycles of the part of the graph whose steps are included: strongly connected components with a cycle in them
  /// (Tarjan's algorithm, without recursion).
  func cycles(among isIncluded: (Int) -> Bool) -> [[Int]] {
    var state = Tarjan(count: count)
    for root in 0..<count where isIncluded(root) && state.order[root] == nil { visit(root, isIncluded, &state) }
    return state.components.filter { component in
      component.count > 1 || edges[component[0]].contains { $0.to == component[0] }
    }
  }

  private struct Tarjan {
    var order: [Int?]
    var low: [Int]
    var isOnStack: [Bool]
    var stack: [Int] = []
    var next = 0
    var components: [[Int]] = []

    init(count: Int) {
      order = [Int?](repeating: nil, count: count)
      low = [Int](repeating: 0, count: count)
      isOnStack = [Bool](repeating: false, count: count)
    }

    mutating func open(_ step: Int) {
      order[step] = next
      low[step] = next
      next += 1
      stack.append(step)
      isOnStack[step] = true
    }

    mutating func close(_ step: Int) {
      guard low[step] == order[step] else { return }
      var component: [Int] = []
      while let top = stack.popLast() {
        isOnStack[top] = false
        component.append(top)
        if top == step { break }
      }
      components.append(component.sorted())
    }
  }

  private func visit(_ root: Int, _ isIncluded: (Int) -> Bool, _ state: inout Tarjan) {
    var calls = [(step: root, edge: 0)]
    state.open(root)
    while let (step, edge) = calls.last {
      guard edge < edges[step].count else {
        state.close(step)
        calls.removeLast()
        if let caller = calls.last?.step { state.low[caller] = min(state.low[caller], state.low[step]) }
        continue
      }
      calls[calls.count - 1].edge += 1
      let to = edges[step][edge].to
      guard isIncluded(to) else { continue }
      if state.order[to] == nil {
        state.open(to)
        calls.append((to, 0))
      } else if state.isOnStack[to] {
        state.low[step] = min(state.low[step], state.order[to] ?? 0)
      }
    }
  }
}
