@testable import WorkflowReports

extension Graph {
  /// An expense approval with a way back, as a person would write it.
  static let expense = Graph(
    title: "Expense approval", summary: "Reimburse an employee's expense.",
    nodes: [
      Node(id: "start", title: "", kind: .start),
      Node(id: "triage", title: "Triage by amount", kind: .gateway(.exclusive)),
      Node(id: "approve", title: "Approve the expense", kind: .approval, badges: ["due 2 business days"]),
      Node(id: "revise", title: "Revise the expense", kind: .task),
      Node(id: "pay", title: "Pay through the bank's transfer service", subtitle: "Service · http", kind: .service),
      Node(id: "by_hand", title: "Pay by hand", kind: .task),
      Node(id: "tell", title: "Tell the initiator", kind: .notification),
      Node(id: "paid", title: "paid", kind: .end), Node(id: "declined", title: "declined", kind: .end),
    ],
    edges: [
      Edge("start", "triage"), Edge("triage", "approve", label: "vars.amount > decimal('1000')"),
      Edge("triage", "pay", label: "otherwise", kind: .otherwise), Edge("approve", "pay", label: "approved"),
      Edge("approve", "declined", label: "rejected"), Edge("approve", "declined", label: "expired"),
      Edge("approve", "revise", label: "returned"), Edge("revise", "triage", label: "done"),
      Edge("pay", "by_hand", label: "any error", kind: .error), Edge("pay", "tell"), Edge("by_hand", "tell"),
      Edge("tell", "paid"),
    ])

  /// One approval after the other, each with a way out to the same end, and some with a way back to the beginning.
  static func ladder(steps: Int) -> Graph {
    let nodes = (0..<steps).map { Node(id: "n\($0)", title: "Approve \($0)", kind: .approval) }
    var edges: [Edge] = []
    for step in 0..<steps {
      edges.append(Edge("n\(step)", step + 1 < steps ? "n\(step + 1)" : "end", label: "approved"))
      edges.append(Edge("n\(step)", "end", label: step % 2 == 0 ? "rejected" : ""))
      if step % 5 == 4 { edges.append(Edge("n\(step)", "n0", label: "returned")) }
    }
    return Graph(title: "Ladder", nodes: nodes + [Node(id: "end", title: "end", kind: .end)], edges: edges)
  }

  /// Any graph at all: loops, cycles, parallel edges, parts nobody reaches.
  static func random(seed: UInt64, nodes count: Int, edges edgeCount: Int) -> Graph {
    var dice = Dice(state: seed)
    let kinds: [Kind] = [
      .task, .approval, .service, .gateway(.exclusive), .gateway(.parallel), .join, .wait, .end, .state, .table, .start,
    ]
    let nodes = (0..<count).map { index in
      Node(
        id: "n\(index)", title: String(repeating: "word ", count: dice.roll(9)), kind: kinds[dice.roll(kinds.count)],
        badges: (0..<dice.roll(3)).map { _ in "badge \(dice.roll(100))" })
    }
    let edges = (0..<edgeCount).map { index in
      Edge(
        "n\(dice.roll(count))", "n\(dice.roll(count))",
        label: dice.roll(2) == 0 ? "" : String(repeating: "label ", count: 1 + dice.roll(6)),
        kind: dice.roll(5) == 0 ? .error : .normal)
    }
    return Graph(title: "Random", nodes: nodes, edges: edges)
  }
}

/// SplitMix64: the same throws for the same seed, everywhere.
struct Dice {
  var state: UInt64

  /// - Returns: a number from 0 up to, not including, `sides`.
  mutating func roll(_ sides: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(sides))
  }
}
