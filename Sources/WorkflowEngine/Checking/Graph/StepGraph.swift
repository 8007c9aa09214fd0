/// The steps of a workflow as a graph: who can follow whom. Steps are numbered in the order of the file, so that
/// everything about them lies in plain arrays.
package struct StepGraph: Sendable {
  /// One way out of a step.
  struct Edge: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      /// By an outcome, a branch or a move.
      case normal
      /// By `expires`, or by the time of a wait for a message: the step has no result.
      case expired
      /// By `on-error` or an event: the step has no result of its own, and `set` was not done.
      case failed
      /// By an event that cancels nothing: the visit goes on, and a side token begins in a frame of its own.
      case beside
    }
    var from: Int
    var to: Int
    /// Where in the file the target is written.
    var path: [PathElement]
    /// `approved`, a branch's expression, `error`, ...; for people.
    var label: String
    var kind = Kind.normal
  }

  let ids: [StepID]
  let index: [StepID: Int]
  let edges: [[Edge]]
  /// Numbers of the steps from which a step is reached, one for each edge.
  let predecessors: [[Int]]
  /// Where tokens begin: `start`, and the steps that the workflow's own expiry and event handlers lead to.
  let starts: [Int]
  /// Those of ``starts`` at which a side token begins.
  let sides: [Int]
  /// The step from which each step is reached first, on a shortest way from a start; itself for starts.
  let reachedFrom: [Int?]

  init(of workflow: Workflow) {
    let ids = workflow.steps.map(\.id)
    let index = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let edges = workflow.steps.enumerated().map { number, step in Self.edges(of: step, number, index) }
    var predecessors = [[Int]](repeating: [], count: ids.count)
    for edge in edges.joined() { predecessors[edge.to].append(edge.from) }
    starts = ([workflow.start] + workflow.entries).compactMap { index[$0] }
    sides = workflow.onEvent.filter { !$0.cancels }.compactMap { index[$0.then] }
    reachedFrom = Self.reach(from: starts, edges)
    self.ids = ids
    self.index = index
    self.edges = edges
    self.predecessors = predecessors
  }

  var count: Int { ids.count }

  func isReachable(_ step: Int) -> Bool { reachedFrom[step] != nil }

  /// Breadth first, so that following `reachedFrom` back is a shortest way.
  private static func reach(from starts: [Int], _ edges: [[Edge]]) -> [Int?] {
    var from = [Int?](repeating: nil, count: edges.count)
    var open: [Int] = []
    for start in starts where from[start] == nil {
      from[start] = start
      open.append(start)
    }
    var next = 0
    while next < open.count {
      let step = open[next]
      next += 1
      for edge in edges[step] where from[edge.to] == nil {
        from[edge.to] = step
        open.append(edge.to)
      }
    }
    return from
  }

  /// Steps from which some path leads to a goal.
  func reaching(_ goals: [Int]) -> [Bool] {
    var seen = [Bool](repeating: false, count: count)
    var open = goals
    for goal in goals { seen[goal] = true }
    while let step = open.popLast() {
      for from in predecessors[step] where !seen[from] {
        seen[from] = true
        open.append(from)
      }
    }
    return seen
  }
}

extension StepGraph {
  /// A shortest way from a start to the step.
  func way(to step: Int) -> [Int] {
    var way = [step]
    var here = step
    while let from = reachedFrom[here], from != here {
      way.append(from)
      here = from
    }
    return way.reversed()
  }

  /// A shortest way between two steps, around the steps that are closed; `nil` if there is none.
  func way(from start: Int, to isGoal: (Int) -> Bool, around isClosed: (Int) -> Bool = { _ in false }) -> [Int]? {
    var from: [Int: Int] = [start: start]
    var open = [start]
    var next = 0
    while next < open.count {
      let step = open[next]
      next += 1
      if isGoal(step) {
        var way = [step]
        while let before = from[way[way.count - 1]], before != way[way.count - 1] { way.append(before) }
        return way.reversed()
      }
      for edge in edges[step] where from[edge.to] == nil && !isClosed(edge.to) {
        from[edge.to] = step
        open.append(edge.to)
      }
    }
    return nil
  }

  /// `triage -> pay -> paid`; of a long way the beginning and the end.
  func words(_ way: [Int]) -> String {
    let names = way.map { ids[$0] }
    guard names.count > 8 else { return names.joined(separator: " -> ") }
    return (names.prefix(4) + ["…"] + names.suffix(3)).joined(separator: " -> ")
  }
}

extension Workflow {
  /// Steps that the workflow itself leads to beside `start`: its expiry and its event handlers.
  var entries: [StepID] { (expires.map { [$0.then] } ?? []) + onEvent.map(\.then) }
}
