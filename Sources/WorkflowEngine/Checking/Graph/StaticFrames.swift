/// The frames in which tokens stand, as far as the file alone says: each firing of a parallel or inclusive gateway opens one
/// inside the frame of the gateway. Every step has one frame path; what breaks that is kept for the rules.
struct StaticFrames: Sendable {
  struct Frame: Sendable, Hashable {
    /// The gateway that opens it; `nil` for the root, and for a frame that a message opens.
    var gateway: Int?
    var parent: Int
    var depth: Int
  }

  /// A step that is reached in two frames; the first found counts.
  struct Conflict: Sendable {
    var step: Int
    var edge: StepGraph.Edge
    var frame: Int
  }

  /// The root is the first.
  private(set) var frames = [Frame(gateway: nil, parent: 0, depth: 0)]
  /// The frame of each reachable step.
  private(set) var frame: [Int?]
  private(set) var conflicts: [Conflict] = []
  /// Joins that are reached where the innermost frame is not their gateway's, by which edge.
  private(set) var strayJoins: [StepGraph.Edge] = []
  /// Steps with a `leave` whose gateway's frame they are not in.
  private(set) var strayLeaves: [Int] = []
  /// The frame that a gateway opens.
  private(set) var opened: [Int: Int] = [:]
  /// The frame of each side token, by the step that it begins at and the frame that it stands beside.
  private var sides: [Side: Int] = [:]
  /// The joins that name a gateway.
  private(set) var joins: [Int: [Int]] = [:]

  private struct Side: Hashable {
    var start: Int
    var parent: Int
  }

  /// Whether anything can go on beside anything else.
  var areSeveral: Bool { frames.count > 1 }

  init(of workflow: Workflow, _ graph: StepGraph) {
    frame = [Int?](repeating: nil, count: graph.count)
    for (number, step) in workflow.steps.enumerated() {
      if case .join(let join) = step.kind, let gateway = graph.index[join.of] {
        joins[gateway, default: []].append(number)
      }
    }
    var open = graph.starts
    for start in open { frame[start] = graph.sides.contains(start) ? side(of: 0, from: start) : 0 }
    var next = 0
    while next < open.count {
      let step = open[next]
      next += 1
      for edge in graph.edges[step] {
        guard let target = frame(after: edge, workflow.steps[step], graph) else { continue }
        if let known = frame[edge.to] {
          if known != target { conflicts.append(Conflict(step: edge.to, edge: edge, frame: target)) }
        } else {
          frame[edge.to] = target
          open.append(edge.to)
          noteStrays(edge, workflow.steps[edge.to], target, graph)
        }
      }
    }
    strayLeaves.sort()
  }

  private mutating func noteStrays(_ edge: StepGraph.Edge, _ step: Step, _ target: Int, _ graph: StepGraph) {
    if case .join(let join) = step.kind, frames[target].gateway != graph.index[join.of] { strayJoins.append(edge) }
    if let gateway = step.leave, enclosing(gateway: graph.index[gateway], from: target) == nil {
      strayLeaves.append(edge.to)
    }
  }

  /// Where a token stands that has gone along the edge; `nil` where it cannot go on.
  private mutating func frame(after edge: StepGraph.Edge, _ step: Step, _ graph: StepGraph) -> Int? {
    guard let here = frame[edge.from] else { return nil }
    if edge.kind == .beside { return side(of: here, from: edge.to) }
    switch step.kind {
    case .gateway(let gateway) where gateway.mode != .exclusive: return child(of: here, opening: edge.from)
    case .join(let join):
      guard let gateway = graph.index[join.of], frames[here].gateway == gateway else { return nil }
      return frames[here].parent
    default: break
    }
    guard let leave = step.leave, edge.kind != .failed else { return here }
    return enclosing(gateway: graph.index[leave], from: here).map { frames[$0].parent }
  }

  private mutating func child(of parent: Int, opening gateway: Int) -> Int {
    if let known = opened[gateway] { return known }
    frames.append(Frame(gateway: gateway, parent: parent, depth: frames[parent].depth + 1))
    opened[gateway] = frames.count - 1
    return frames.count - 1
  }

  private mutating func side(of parent: Int, from start: Int) -> Int {
    let key = Side(start: start, parent: parent)
    if let known = sides[key] { return known }
    frames.append(Frame(gateway: nil, parent: parent, depth: frames[parent].depth + 1))
    sides[key] = frames.count - 1
    return frames.count - 1
  }

  func isSide(_ frame: Int) -> Bool { frame != 0 && frames[frame].gateway == nil }

  /// The frame of the gateway among a frame and those around it.
  func enclosing(gateway: Int?, from start: Int) -> Int? {
    var here = start
    while let opener = frames[here].gateway {
      if opener == gateway { return here }
      here = frames[here].parent
    }
    return nil
  }

  /// `outside of any fork`, `in the branches of 'fork'`.
  func words(_ frame: Int, _ graph: StepGraph) -> String {
    frames[frame].gateway.map { "in the branches of '\(graph.ids[$0])'" }
      ?? (frame == 0 ? "outside of any fork" : "beside what goes on, after an 'on-event'")
  }
}
