extension StepGraph {
  /// Every way out of a step, in the order of the file; targets that do not exist are the reader's to report.
  static func edges(of step: Step, _ number: Int, _ index: [StepID: Int]) -> [Edge] {
    var edges: [Edge] = []
    func add(_ to: StepID, _ path: [PathElement], _ label: String, _ kind: Edge.Kind = .normal) {
      guard let to = index[to] else { return }
      edges.append(Edge(from: number, to: to, path: path, label: label, kind: kind))
    }
    if case .gateway(let gateway) = step.kind {
      for (index, branch) in gateway.branches.enumerated() {
        add(
          branch.then, step.root + ["branches", .index(index), branch.isOtherwise ? "otherwise" : "then"],
          branch.isOtherwise ? "otherwise" : branch.when?.source ?? "")
      }
    }
    if case .state(let state) = step.kind {
      for (index, move) in state.moves.enumerated() {
        if let to = move.then { add(to, step.path(ofMove: index, of: state) + ["then"], move.name) }
      }
    }
    let isSingle = step.then.count == 1
    let timed = step.outcomesOfTime
    for (outcome, target) in step.then.sorted(by: { $0.key < $1.key }) {
      add(
        target, step.approvalRoot + (isSingle ? ["then"] : ["then", .key(outcome)]), outcome,
        timed.contains(outcome) ? .expired : .normal)
    }
    for (index, route) in step.onError.enumerated() {
      add(route.then, step.root + ["on-error", .index(index), "then"], route.code ?? "error", .failed)
    }
    for (index, handler) in step.onEvent.enumerated() {
      add(
        handler.then, step.root + ["on-event", .index(index), "then"], handler.event,
        handler.cancels ? .failed : .beside)
    }
    return edges
  }
}

extension Step {
  /// Where it stands in the file.
  var root: [PathElement] {
    if case .state = kind { ["states", .key(id)] } else { ["steps", .key(id)] }
  }

  /// By what it leaves when time is up before what it waits for has come.
  fileprivate var outcomesOfTime: Set<Outcome> {
    if case .wait(let wait) = kind, wait.event != nil { ["expired", "elapsed"] } else { ["expired"] }
  }

  /// The outcomes that it must have targets for. `returned` and `withdrawn` have a meaning without one.
  var requiredOutcomes: [Outcome] {
    var outcomes: [Outcome]
    switch kind {
    case _ where each != nil: return ["done"]
    case .task(let task): outcomes = task.outcomes
    case .approval(let approval):
      outcomes = Self.required(of: approval)
    case .service(let service): outcomes = service.uses.hasPrefix("model/") ? ["done", "unsure"] : ["done"]
    case .wait(let wait):
      outcomes = (wait.span != nil || wait.until != nil ? ["elapsed"] : []) + (wait.event.map { [$0] } ?? [])
    case .table(let table):
      var seen: Set<Outcome> = []
      outcomes = table.rows.map { $0.outcome ?? "done" }.filter { seen.insert($0).inserted }
    case .notification, .join: outcomes = ["done"]
    case .state(let state):
      guard let approval = state.approval else { return [] }
      outcomes = Self.required(of: approval)
    case .gateway, .end, .call: return []
    }
    return outcomes + (expires == nil ? [] : ["expired"])
  }

  private static func required(of approval: ApprovalStep) -> [Outcome] {
    let mayBeSkipped = approval.levels.allSatisfy { $0.when != nil }
    return ["approved", "rejected"] + (mayBeSkipped ? ["not_needed"] : [])
  }

  var isEnd: Bool {
    switch kind {
    case .end: true
    case .state(let state): state.isFinal
    default: false
    }
  }

  /// Whether a visit takes time outside of the command that enters it.
  var waits: Bool {
    switch kind {
    case .task, .approval, .wait, .call: true
    case .state(let state): !state.isFinal
    case .service, .gateway, .join, .notification, .table, .end: false
    }
  }
}
