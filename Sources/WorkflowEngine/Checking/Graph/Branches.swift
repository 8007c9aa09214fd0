/// On which branches of their frame steps lie: on one, or on several, which is all that matters to who may be live together.
struct Branches: Sendable {
  /// Of the step's own frame: a branch by its number, `none`, or `several`.
  private(set) var branch: [Int]
  static let none = -1
  static let several = -2

  private let frames: StaticFrames

  init(of workflow: Workflow, _ graph: StepGraph, _ frames: StaticFrames) {
    branch = [Int](repeating: Self.none, count: graph.count)
    self.frames = frames
    let leavers = Dictionary(
      grouping: workflow.steps.indices.filter { workflow.steps[$0].leave != nil },
      by: { workflow.steps[$0].leave.flatMap { graph.index[$0] } ?? -1 })
    var open = graph.ids.indices.filter { frames.opened[$0] != nil }
    while let step = open.popLast() {
      for (number, edge) in graph.edges[step].enumerated() {
        guard let value = value(along: edge, number), add(value, to: edge.to) else { continue }
        open.append(edge.to)
        // What stands behind a nested frame lies on the branch of its gateway.
        open += (frames.joins[edge.to] ?? []) + (leavers[edge.to] ?? [])
      }
    }
  }

  private func value(along edge: StepGraph.Edge, _ number: Int) -> Int? {
    guard let from = frames.frame[edge.from], let to = frames.frame[edge.to], to != 0 else { return nil }
    if frames.isSide(to) { return 0 }
    if frames.opened[edge.from] == to { return number }
    return branch(of: edge.from, in: to, from: from)
  }

  private mutating func add(_ value: Int, to step: Int) -> Bool {
    let before = branch[step]
    guard value != Self.none, value != before, before != Self.several else { return false }
    branch[step] = before == Self.none ? value : Self.several
    return true
  }

  /// The branch of a frame on which a step lies, which may stand in a frame inside it.
  private func branch(of step: Int, in frame: Int, from start: Int) -> Int {
    var (step, here) = (step, start)
    while here != frame, let gateway = frames.frames[here].gateway {
      step = gateway
      here = frames.frames[here].parent
    }
    return branch[step]
  }

  func branch(of step: Int, in frame: Int) -> Int {
    frames.frame[step].map { branch(of: step, in: frame, from: $0) } ?? Self.none
  }

  /// How many frames stand around a step.
  func depth(of step: Int) -> Int { frames.frame[step].map { frames.frames[$0].depth } ?? 0 }

  /// The innermost frame around both on whose different branches they may be live at the same time, or that a message
  /// opened around one of them.
  func together(_ one: Int, _ other: Int) -> Int? {
    guard var a = frames.frame[one], var b = frames.frame[other] else { return nil }
    var (stepA, stepB) = (one, other)
    func climb(_ step: inout Int, _ frame: inout Int) {
      step = frames.frames[frame].gateway ?? step
      frame = frames.frames[frame].parent
    }
    while a != b {
      let isA = frames.frames[a].depth >= frames.frames[b].depth
      if frames.isSide(isA ? a : b) { return isA ? a : b }
      if isA { climb(&stepA, &a) } else { climb(&stepB, &b) }
    }
    while frames.frames[a].gateway != nil {
      let (x, y) = (branch[stepA], branch[stepB])
      if x != Self.none, y != Self.none, x != y || x == Self.several { return a }
      climb(&stepA, &a)
      (stepB, b) = (stepA, a)
    }
    return nil
  }
}
