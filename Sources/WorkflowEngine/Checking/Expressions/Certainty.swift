/// What surely holds when a token enters a step, whatever way it came: a forward analysis over the graph, with a bit for each
/// fact that any expression asks about.
///
/// A join that waits for all branches of a parallel gateway knows what each branch knows; any other meeting of ways knows
/// only what all of them know.
struct Certainty: Sendable {
  enum Fact: Hashable, Sendable {
    /// A visit of the step has finished, in whatever way.
    case finished(Int)
    /// The latest finished visit of the step ended with a result of its own.
    case hasResult(Int)
    /// The variable has a value.
    case isSet(String)
  }

  /// A variable that a step sets.
  struct Assigned: Hashable, Sendable {
    var step: Int
    var name: String
  }

  private let facts: [Fact: Int]
  private var known: [[UInt64]]
  private let wordCount: Int

  func holds(_ fact: Fact, enteringStep step: Int) -> Bool {
    facts[fact].map { known[step][$0 / 64] & (1 << UInt64($0 % 64)) != 0 } ?? false
  }

  /// Whether it holds at every one of the steps.
  func holds(_ fact: Fact, enteringAll steps: [Int]) -> Bool {
    !steps.isEmpty && steps.allSatisfy { holds(fact, enteringStep: $0) }
  }

  /// - Parameter unsure: variables that the step may as well leave without a value.
  init(of workflow: Workflow, _ graph: StepGraph, facts wanted: Set<Fact>, unsure: Set<Assigned>) {
    var facts: [Fact: Int] = [:]
    for fact in wanted { facts[fact] = facts.count }
    self.facts = facts
    wordCount = (facts.count + 63) / 64
    let nothing = [UInt64](repeating: 0, count: wordCount)
    let everything = [UInt64](repeating: .max, count: wordCount)
    known = [[UInt64]](repeating: everything, count: graph.count)
    guard wordCount > 0 else { return }
    let flow = Flow(of: workflow, graph, facts, wordCount, unsure)
    for start in graph.starts { known[start] = nothing }
    var changed = true
    while changed {
      changed = false
      for step in flow.order {
        let now = flow.entering(step, known)
        if now != known[step] {
          known[step] = now
          changed = true
        }
      }
    }
  }

  /// How facts travel.
  private struct Flow {
    let graph: StepGraph
    /// Reachable steps, each as far as possible behind those that lead to it.
    let order: [Int]
    /// What each step adds when it ends with a result, and when it does not.
    private var made: [[UInt64]]
    private var finished: [[UInt64]]
    /// The fact of having a result, which ending without one takes away.
    private var result: [Int?]
    /// The facts of having a value that a step with a result may take away.
    private var unset: [Int: [Int]] = [:]
    private let incoming: [[StepGraph.Edge]]
    private let isStart: [Bool]
    /// For joins that wait for all: how ways are gathered, by the branch that they come from.
    private let gathering: [Int: [[StepGraph.Edge]]]
    private let wordCount: Int

    init(
      of workflow: Workflow, _ graph: StepGraph, _ facts: [Fact: Int], _ wordCount: Int, _ unsure: Set<Assigned>
    ) {
      self.graph = graph
      self.wordCount = wordCount
      order = graph.reversePostorder
      var incoming = [[StepGraph.Edge]](repeating: [], count: graph.count)
      for edge in graph.edges.joined() where graph.isReachable(edge.from) { incoming[edge.to].append(edge) }
      self.incoming = incoming
      var isStart = [Bool](repeating: false, count: graph.count)
      for start in graph.starts { isStart[start] = true }
      self.isStart = isStart
      made = [[UInt64]](repeating: [UInt64](repeating: 0, count: wordCount), count: graph.count)
      finished = made
      result = [Int?](repeating: nil, count: graph.count)
      gathering = Self.gathering(workflow, graph, incoming)
      for (number, step) in workflow.steps.enumerated() {
        func add(_ fact: Fact, alsoWithoutResult: Bool = false) {
          guard let bit = facts[fact] else { return }
          made[number][bit / 64] |= 1 << UInt64(bit % 64)
          if alsoWithoutResult { finished[number][bit / 64] |= 1 << UInt64(bit % 64) }
        }
        add(.finished(number), alsoWithoutResult: true)
        add(.hasResult(number))
        let sure = step.surelySet
        for assignment in step.assignments {
          if !unsure.contains(Assigned(step: number, name: assignment.name)) {
            if sure.contains(assignment.name) { add(.isSet(assignment.name)) }
          } else if let bit = facts[.isSet(assignment.name)] {
            unset[number, default: []].append(bit)
          }
        }
        result[number] = facts[.hasResult(number)]
      }
    }

    /// Ways into each `wait: all` join of a parallel gateway whose every branch surely arrives, by branch.
    private static func gathering(
      _ workflow: Workflow, _ graph: StepGraph, _ incoming: [[StepGraph.Edge]]
    ) -> [Int: [[StepGraph.Edge]]] {
      guard workflow.steps.contains(where: { if case .join = $0.kind { true } else { false } }) else { return [:] }
      let frames = StaticFrames(of: workflow, graph)
      let branches = Branches(of: workflow, graph, frames)
      let escaping = frames.escapable(workflow, graph)
      var gathering: [Int: [[StepGraph.Edge]]] = [:]
      for (number, step) in workflow.steps.enumerated() {
        guard case .join(let join) = step.kind, join.wait == .all, let gateway = graph.index[join.of],
          let frame = frames.opened[gateway], case .gateway(let kind) = workflow.steps[gateway].kind,
          kind.mode == .parallel, !escaping.contains(frame)
        else { continue }
        let byBranch = Dictionary(grouping: incoming[number]) { edge in
          edge.from == gateway ? Branches.none : branches.branch(of: edge.from, in: frame)
        }
        if byBranch[Branches.several] == nil { gathering[number] = Array(byBranch.values) }
      }
      return gathering
    }

    func entering(_ step: Int, _ known: [[UInt64]]) -> [UInt64] {
      if let groups = gathering[step] {
        var all = [UInt64](repeating: 0, count: wordCount)
        for group in groups {
          let some = common(group, known)
          for word in all.indices { all[word] |= some[word] }
        }
        return all
      }
      return isStart[step] ? [UInt64](repeating: 0, count: wordCount) : common(incoming[step], known)
    }

    private func common(_ edges: [StepGraph.Edge], _ known: [[UInt64]]) -> [UInt64] {
      var all = [UInt64](repeating: .max, count: wordCount)
      for edge in edges {
        let more = edge.kind == .normal ? made[edge.from] : finished[edge.from]
        let lost = edge.kind == .normal || edge.kind == .beside ? nil : result[edge.from]
        for word in all.indices {
          var bits = known[edge.from][word] | (edge.kind == .beside ? 0 : more[word])
          if let lost, lost / 64 == word { bits &= ~(1 << UInt64(lost % 64)) }
          for bit in edge.kind == .normal ? unset[edge.from] ?? [] : [] where bit / 64 == word {
            bits &= ~(1 << UInt64(bit % 64))
          }
          all[word] &= bits
        }
      }
      return all
    }
  }
}

extension StaticFrames {
  /// Frames in which a token may end, or leave, instead of arriving at the join.
  fileprivate func escapable(_ workflow: Workflow, _ graph: StepGraph) -> Set<Int> {
    var frames: Set<Int> = []
    for (number, step) in workflow.steps.enumerated() {
      guard let frame = frame[number] else { continue }
      if step.isEnd { frames.insert(frame) }
      if let gateway = step.leave, let left = enclosing(gateway: graph.index[gateway], from: frame) {
        frames.insert(left)
      }
      // A nested fork without a join takes its branch with it when its own have ended.
      if opened[number] != nil, joins[number] == nil { frames.insert(frame) }
    }
    return frames
  }
}

extension StepGraph {
  /// Reachable steps in an order in which, cycles aside, each comes after all that lead to it.
  var reversePostorder: [Int] {
    var done: [Int] = []
    var seen = [Bool](repeating: false, count: count)
    for start in starts where !seen[start] {
      var calls = [(step: start, edge: 0)]
      seen[start] = true
      while let (step, edge) = calls.last {
        guard edge < edges[step].count else {
          done.append(step)
          calls.removeLast()
          continue
        }
        calls[calls.count - 1].edge += 1
        let to = edges[step][edge].to
        if !seen[to] {
          seen[to] = true
          calls.append((to, 0))
        }
      }
    }
    return done.reversed()
  }
}

extension Step {
  /// The variables that are written whichever way the step is left with a result.
  fileprivate var surelySet: Set<String> {
    let own = Set(set.map(\.name))
    guard case .state(let state) = kind else { return own }
    let ways =
      (state.approval == nil ? [] : [own]) + state.moves.filter { $0.then != nil }.map { Set($0.set.map(\.name)) }
    return ways.dropFirst().reduce(ways.first ?? []) { $0.intersection($1) }
  }
}
