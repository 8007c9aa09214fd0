/// The approvals that a token passes over when it is moved from an old step to a new one.
struct PassedApprovals {
  let old: Workflow
  let new: Workflow
  let graph: StepGraph
  let migration: Migration

  init(from old: Workflow, to new: Workflow, graph: StepGraph, by migration: Migration) {
    (self.old, self.new, self.graph, self.migration) = (old, new, graph, migration)
  }

  /// The approval that it leaves undecided; those that every way to the new place goes through and that the instance never
  /// had; and those that lie between its old place and its new one.
  func passed(by step: StepID, to target: StepID, of instance: Instance) -> [StepID] {
    var passed = old.step(step)?.approval != nil && new.step(target)?.approval == nil ? [step] : []
    let between = self.between(step, target)
    for approval in new.steps where approval.approval != nil && approval.id != target {
      let isOwn = passed.contains { (migration.steps[$0] ?? $0) == approval.id }
      guard !isOwn, !passed.contains(approval.id) else { continue }
      let wasHad = instance.results.keys.contains { migration.name(of: $0, in: new) == approval.id }
      if between.contains(approval.id) || (!wasHad && isOnEveryWay(approval.id, to: target)) {
        passed.append(approval.id)
      }
    }
    return passed
  }

  /// The approvals on a way from an old place to a new one, in whichever version has both.
  private func between(_ step: StepID, _ target: StepID) -> Set<StepID> {
    guard step != target else { return [] }
    if new.step(step) != nil { return Self.between(step, target, new, graph) }
    guard old.step(target) != nil else { return [] }
    let names = Self.between(step, target, old, StepGraph(of: old)).map { migration.steps[$0] ?? $0 }
    return Set(names.filter { new.step($0)?.approval != nil })
  }

  static func between(_ step: StepID, _ target: StepID, _ workflow: Workflow, _ graph: StepGraph) -> Set<StepID> {
    guard let from = graph.index[step], let to = graph.index[target], from != to else { return [] }
    let approvals = workflow.steps.filter { step in step.approval != nil && step.id != target }
    return Set(
      approvals.map(\.id).filter { id in
        guard let here = graph.index[id], here != from else { return false }
        return graph.way(from: from, to: { $0 == here }, around: { $0 == to }) != nil
          && graph.way(from: here, to: { $0 == to }, around: { $0 == from }) != nil
      })
  }

  /// Whether no token reaches the target without the approval: a join is not reached as long as one of the branches that it
  /// waits for needs it.
  private func isOnEveryWay(_ approval: StepID, to target: StepID) -> Bool {
    guard let around = graph.index[approval], let goal = graph.index[target], graph.isReachable(goal) else {
      return false
    }
    let closed = joins(needing: around)
    return graph.starts.allSatisfy { start in
      start == around
        || graph.way(from: start, to: { $0 == goal }, around: { $0 == around || closed.contains($0) }) == nil
    }
  }

  private func joins(needing approval: Int) -> Set<Int> {
    var needing: Set<Int> = []
    for (number, step) in new.steps.enumerated() {
      guard case .join(let join) = step.kind, join.wait == .all, let gateway = graph.index[join.of],
        case .gateway(let fork) = new.steps[gateway].kind, fork.mode == .parallel
      else { continue }
      let needs = graph.edges[gateway].contains { branch in
        branch.to == approval
          || graph.way(from: branch.to, to: { $0 == number }, around: { $0 == approval }) == nil
            && graph.way(from: branch.to, to: { $0 == number }) != nil
      }
      if needs { needing.insert(number) }
    }
    return needing
  }
}
