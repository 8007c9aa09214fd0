/// What the token states of a workflow can come to, explored frame by frame from the inside out.
///
/// Tokens of different branches meet at their join only, so the states of a frame are told by how each of its branches can
/// end: by arriving at the join, by ending without it, or neither. A frame inside another is one step of it. That makes the
/// exploration near-linear and exact, conditions on data aside.
struct Soundness: Sendable {
  /// A join that waits for a number of branches which may not come.
  struct Starvation: Sendable {
    var join: Int
    var wanted: Int
    /// How few may arrive.
    var arriving: Int
    /// A shortest way by which a branch ends without arriving; `nil` where it may simply not be taken.
    var way: [Int]?
  }

  private(set) var starvations: [Starvation] = []
  /// How many branches can arrive at each join.
  private(set) var arrivals: [Int: Int] = [:]
  /// False where the budget did not reach: nothing is then said of the joins that are left.
  private(set) var isDecided = true

  private static let budget = 400_000

  init(of workflow: Workflow, _ graph: StepGraph, _ frames: StaticFrames) {
    guard !frames.opened.isEmpty else { return }
    var exploration = Exploration(workflow: workflow, graph: graph, frames: frames, budget: Self.budget)
    let inside = frames.opened.sorted { frames.frames[$0.value].depth > frames.frames[$1.value].depth }
    for (gateway, frame) in inside {
      let branches = exploration.explore(frame, of: gateway)
      guard exploration.budget > 0 else {
        isDecided = false
        break
      }
      for join in frames.joins[gateway] ?? [] {
        arrivals[join] = branches.count(where: \.canArrive)
        if let starvation = Self.starvation(of: join, workflow, gateway, branches) { starvations.append(starvation) }
      }
    }
    starvations.sort { $0.join < $1.join }
  }

  /// A join starves when some branches have arrived, fewer than it waits for, and all others have ended.
  private static func starvation(
    of join: Int, _ workflow: Workflow, _ gateway: Int, _ branches: [Exploration.Branch]
  ) -> Starvation? {
    guard case .join(let settings) = workflow.steps[join].kind, case .count(let wanted) = settings.wait, wanted > 1,
      case .gateway(let fork) = workflow.steps[gateway].kind
    else { return nil }
    let most = branches.count(where: \.canArrive)
    guard most >= wanted else { return nil }
    if fork.mode == .inclusive { return Starvation(join: join, wanted: wanted, arriving: 1, way: nil) }
    let fewest = max(1, branches.count { $0.canArrive && $0.ending == nil })
    guard fewest < wanted else { return nil }
    return Starvation(join: join, wanted: wanted, arriving: fewest, way: branches.lazy.compactMap(\.ending).first)
  }
}

/// The exploration of one frame after the other; what was found of inner frames serves the outer ones.
private struct Exploration {
  /// How one branch can end.
  struct Branch {
    var canArrive = false
    /// A shortest way to where it ends without arriving.
    var ending: [Int]?
  }

  let workflow: Workflow
  let graph: StepGraph
  let frames: StaticFrames
  /// Steps that may still be looked at.
  var budget: Int
  /// Gateways whose frame can close without its join, and those whose join can fire.
  private var closing: Set<Int> = []
  private var firing: Set<Int> = []
  /// Steps that leave the frame of a gateway.
  private var leavers: [Int: [Int]] = [:]

  init(workflow: Workflow, graph: StepGraph, frames: StaticFrames, budget: Int) {
    self.workflow = workflow
    self.graph = graph
    self.frames = frames
    self.budget = budget
    for (number, step) in workflow.steps.enumerated() {
      if let gateway = step.leave.flatMap({ graph.index[$0] }) { leavers[gateway, default: []].append(number) }
    }
  }

  mutating func explore(_ frame: Int, of gateway: Int) -> [Branch] {
    let branches = graph.edges[gateway].map { branch(from: $0.to, in: frame, of: gateway) }
    let ending = branches.count { $0.ending != nil }
    let isInclusive =
      if case .gateway(let fork) = workflow.steps[gateway].kind { fork.mode == .inclusive } else { false }
    if isInclusive ? ending > 0 : ending == branches.count { closing.insert(gateway) }
    if branches.contains(where: \.canArrive) { firing.insert(gateway) }
    return branches
  }

  private mutating func branch(from start: Int, in frame: Int, of gateway: Int) -> Branch {
    var branch = Branch()
    var from = [start: start]
    var open = [start]
    var next = 0
    while next < open.count, budget > 0 {
      let step = open[next]
      next += 1
      budget -= 1
      if isJoin(step, of: gateway) {
        branch.canArrive = true
        continue
      }
      if branch.ending == nil, ends(step) { branch.ending = Self.way(to: step, from) }
      for target in successors(of: step) where frames.frame[target] == frame && from[target] == nil {
        from[target] = step
        open.append(target)
      }
    }
    return branch
  }

  private func isJoin(_ step: Int, of gateway: Int) -> Bool {
    if case .join(let join) = workflow.steps[step].kind { graph.index[join.of] == gateway } else { false }
  }

  /// Whether a branch may be over here without having arrived.
  private func ends(_ step: Int) -> Bool {
    if case .end(let end) = workflow.steps[step].kind { return !end.terminate }
    return closing.contains(step)
  }

  /// The steps that can come next on the same level: behind a fork, what comes behind its join or is reached by leaving it.
  private func successors(of step: Int) -> [Int] {
    guard frames.opened[step] != nil else { return graph.edges[step].map(\.to) }
    let behind = (firing.contains(step) ? frames.joins[step] ?? [] : []) + (leavers[step] ?? [])
    return behind.flatMap { graph.edges[$0].map(\.to) }
  }

  private static func way(to step: Int, _ from: [Int: Int]) -> [Int] {
    var way = [step]
    while let before = from[way[way.count - 1]], before != way[way.count - 1] { way.append(before) }
    return way.reversed()
  }
}
