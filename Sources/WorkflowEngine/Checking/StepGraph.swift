/// The steps of a workflow as a graph: who can follow whom.
package struct StepGraph: Sendable {
  /// One way out of a step.
  package struct Edge: Sendable, Hashable {
    package var from: StepID
    package var to: StepID
    /// Where in the file the target is written.
    package var path: [PathElement]
    /// `approved`, a branch's expression, `error`, ...; for people.
    package var label: String
  }

  package let edges: [StepID: [Edge]]
  package let incoming: [StepID: [Edge]]
  /// Steps that a path from the start reaches.
  package let reachable: Set<StepID>

  package init(of workflow: Workflow) {
    let all = workflow.steps.flatMap { Self.edges(of: $0) }
    edges = Dictionary(grouping: all, by: \.from)
    incoming = Dictionary(grouping: all, by: \.to)
    reachable = Self.reach(from: [workflow.start] + workflow.entries, edges)
  }

  /// Every way out of a step, in the order of the file.
  static func edges(of step: Step) -> [Edge] {
    let place: [PathElement] = ["steps", .key(step.id)]
    var edges: [Edge] = []
    let add = { (to: StepID, path: [PathElement], label: String) in
      edges.append(Edge(from: step.id, to: to, path: place + path, label: label))
    }
    if case .gateway(let gateway) = step.kind {
      for (index, branch) in gateway.branches.enumerated() {
        add(
          branch.then, ["branches", .index(index), .key(branch.isOtherwise ? "otherwise" : "then")],
          branch.isOtherwise ? "otherwise" : branch.when?.source ?? "")
      }
    }
    if case .state(let state) = step.kind {
      for move in state.moves { if let to = move.then { add(to, ["moves", .key(move.name)], move.name) } }
    }
    for (outcome, target) in step.then.sorted(by: { $0.key < $1.key }) {
      add(target, step.then.count == 1 ? ["then"] : ["then", .key(outcome)], outcome)
    }
    for (index, route) in step.onError.enumerated() {
      add(route.then, ["on-error", .index(index), "then"], route.code ?? "error")
    }
    for (index, handler) in step.onEvent.enumerated() {
      add(handler.then, ["on-event", .index(index), "then"], handler.event)
    }
    return edges
  }

  private static func reach(from starts: [StepID], _ edges: [StepID: [Edge]]) -> Set<StepID> {
    var seen = Set(starts)
    var open = starts
    while let step = open.popLast() {
      for edge in edges[step] ?? [] where seen.insert(edge.to).inserted { open.append(edge.to) }
    }
    return seen
  }

  /// Steps from which some path leads to one that satisfies the test.
  package func reaching(_ isGoal: (StepID) -> Bool) -> Set<StepID> {
    var seen = Set(edges.keys.filter(isGoal)).union(incoming.keys.filter(isGoal))
    var open = Array(seen)
    while let step = open.popLast() {
      for edge in incoming[step] ?? [] where seen.insert(edge.from).inserted { open.append(edge.from) }
    }
    return seen
  }
}

extension Workflow {
  /// Steps that the workflow itself leads to beside `start`: its expiry and its event handlers.
  package var entries: [StepID] { (expires.map { [$0.then] } ?? []) + onEvent.map(\.then) }
}
