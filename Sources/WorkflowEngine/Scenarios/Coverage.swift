/// Which steps and ways of a workflow its scenarios have gone.
package struct Coverage: Sendable {
  /// A way from one step to another, by whatever outcome.
  package struct Way: Sendable, Hashable, Comparable {
    package var from: StepID
    package var to: StepID

    package init(from: StepID, to: StepID) {
      self.from = from
      self.to = to
    }

    package static func < (left: Way, right: Way) -> Bool { (left.from, left.to) < (right.from, right.to) }
  }
  /// In the order of the file; only what can be reached at all.
  package let steps: [StepID]
  package let ways: [Way]
  package private(set) var reached: Set<StepID> = []
  package private(set) var taken: Set<Way> = []

  package init(of workflow: Workflow) {
    let graph = StepGraph(of: workflow)
    let reachable = (0..<graph.count).filter(graph.isReachable)
    steps = reachable.map { graph.ids[$0] }
    var seen: Set<Way> = []
    ways = reachable.flatMap { graph.edges[$0] }.map { Way(from: graph.ids[$0.from], to: graph.ids[$0.to]) }
      .filter { seen.insert($0).inserted }
  }

  package mutating func add(_ entries: [Entry]) {
    var heardBy: StepID?
    for entry in entries {
      switch entry.event {
      case .entered(let step, _, _), .joined(let step, _, _, _, _): reached.insert(step)
      case .received(let received): heardBy = received.visit?.step
      case .sideBegun(let side): if let heardBy { taken.insert(Way(from: heardBy, to: side.to)) }
      case .left(let left): if let to = left.to { taken.insert(Way(from: left.step, to: to)) }
      case .forked(let forked): for branch in forked.branches { taken.insert(Way(from: forked.step, to: branch.to)) }
      default: break
      }
    }
  }

  package var missedSteps: [StepID] { steps.filter { !reached.contains($0) } }
  package var missedWays: [Way] { ways.filter { !taken.contains($0) } }

  /// `12 of 14 steps, 15 of 18 ways`
  package var summary: String {
    "\(steps.count - missedSteps.count) of \(steps.count) steps, \(ways.count - missedWays.count) of \(ways.count) ways"
  }
}
