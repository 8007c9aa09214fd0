import CEL

/// Holds a running instance against a new version: what would become of everything that is open, or why it does not fit.
struct Fitting {
  let instance: Instance
  let old: Workflow
  let new: Workflow
  let migration: Migration
  private let graph: StepGraph
  private let frames: StaticFrames
  private(set) var reopened: [VisitID] = []
  private(set) var kept: [KeptVisit] = []
  private(set) var dropped: [Frame.Parent] = []
  private(set) var passed: [StepID] = []
  /// What does not fit, one sentence each without a full stop.
  private(set) var misfits: [String] = []

  init(_ instance: Instance, from old: Workflow, to new: Workflow, by migration: Migration) {
    (self.instance, self.old, self.new, self.migration) = (instance, old, new, migration)
    graph = StepGraph(of: new)
    frames = StaticFrames(of: new, graph)
    for frame in instance.frames { drop(frame) }
    for visit in instance.visits { drop(visit) }
    for frame in instance.frames { fit(frame) }
    for visit in instance.visits { fit(visit) }
    for noted in instance.undos { fit(noted) }
    fitInput()
    fitApprovals()
  }

  /// Steps that have another name now, of those that the instance has been at.
  var renamed: [StepID: StepID] {
    let known = Set(instance.frames.flatMap(\.branches).map(\.step)).union(instance.counts.keys)
    return migration.steps.filter { known.contains($0.key) && new.step($0.key) == nil }
  }

  /// Steps that are still there, and at which what stands goes on at another.
  var moved: [StepID: StepID] {
    let open = Set(instance.tokens.map(\.step)).union(instance.frames.compactMap(\.gateway))
    return migration.steps.filter { $0 != $1 && open.contains($0) && new.step($0) != nil }
  }

  /// Open visits in the branches that end.
  var cancelled: [VisitID] {
    instance.visits.filter { isDropped($0) }.map { VisitID(step: $0.step, visit: $0.number) }
  }

  private mutating func note(_ misfit: String) {
    if !misfits.contains(misfit) { misfits.append(misfit) }
  }

  // MARK: Frames

  /// An open frame goes on as a frame of the same kind, closed by the same join.
  private mutating func fit(_ frame: Frame) {
    guard let id = frame.gateway, !isDropped(inside: frame.id), !isDropped(frame) else { return }
    let target = migration.target(of: id, from: old, to: new)
    if case .none(let why) = target { note(why) }
    guard case .step(let gateway) = target else { return }
    if frame.items != nil {
      guard gateway.each != nil, gateway.type == old.step(id)?.type else {
        return note("'\(id)' goes through a list, and '\(gateway.id)' is no such step")
      }
      return
    }
    guard case .gateway(let mode) = gateway.kind, mode.mode != .exclusive else {
      return note("branches of '\(id)' are open, and '\(gateway.id)' is no gateway that has any")
    }
    guard let join = old.join(of: id) else { return }
    if case .step(let target) = migration.target(of: join, from: old, to: new), target.id == new.join(of: gateway.id) {
      return
    }
    note("the gateway '\(id)' and its join '\(join)' go together")
  }

  // MARK: Visits

  private mutating func fit(_ visit: Visit) {
    guard !isDropped(visit) else { return }
    switch migration.target(of: visit.step, from: old, to: new) {
    case .none(let why): note(why)
    case .dropped: note("'\(visit.step)' is in no branch that could end; 'migrate.steps' says where it goes")
    case .step(let target):
      if case .join = target.kind { return note("'\(target.id)' is a join; nothing is moved onto it") }
      guard (instance.item(of: visit.token) != nil) == (target.each != nil) || visit.opensAnew else {
        return note("'\(visit.step)' and '\(target.id)' are not both steps for each item of a list")
      }
      guard path(of: visit) == path(of: target) else {
        return note("'\(visit.step)' and '\(target.id)' are not in the same branches")
      }
      if visit.opensAnew {
        reopened.append(VisitID(step: visit.step, visit: visit.number))
      } else if let misfit = misfit(of: visit, in: target) {
        note(misfit)
      } else {
        keep(visit, in: target)
      }
    }
  }

  /// Why work that is under way cannot go on at the target.
  private func misfit(of visit: Visit, in target: Step) -> String? {
    switch (visit.work, target.kind) {
    case (.job, .service), (.call, .call):
      if target.id != visit.step {
        return "work was given out in the name of '\(visit.step)', which has to keep it until that is done"
      }
      if case .call(let call) = target.kind, visit.call?.workflow != call.workflow {
        return "'\(visit.step)' waits for a child of '\(visit.call?.workflow ?? "")', which is not called any more"
      }
      return nil
    case (.wait(let open), .wait(let wait)):
      if open.event != wait.event {
        return "'\(visit.step)' waits for \(open.event.map { "'\($0)'" } ?? "a time"), which '\(target.id)' does not"
      }
      let isTimed = visit.timers.contains { $0.purpose == .wait }
      return isTimed && target.then["elapsed"] == nil ? "'\(target.id)' does not wait for a time any more" : nil
    default: return "'\(visit.step)' is at work, and '\(target.id)' is another kind of step"
    }
  }

  private mutating func keep(_ visit: Visit, in target: Step) {
    var number = visit.number
    if target.id != visit.step {
      let given = kept.filter { migration.steps[$0.step] == target.id }.map(\.number)
      number = max(instance.counts[target.id] ?? 0, instance.counts[visit.step] ?? 0, given.max() ?? 0) + 1
    }
    let timers = visit.timers.filter { timer in
      switch timer.purpose {
      case .wait, .retry: true
      case .expires: target.then["expired"] != nil
      case .escalate(let index): target.escalate.indices.contains(index)
      }
    }
    kept.append(KeptVisit(step: visit.step, visit: visit.number, number: number, timers: timers))
  }

  private mutating func fit(_ noted: NotedUndo) {
    let name = migration.name(of: noted.step, in: new)
    if case .service(let service)? = new.step(name)?.kind, service.undo != nil {
      let namesakes = instance.undos.filter {
        $0.visit == noted.visit && migration.name(of: $0.step, in: new) == name
      }
      if namesakes.count == 1 { return }
    }
    note("what '\(noted.step)' did could not be taken back any more")
  }

  // MARK: Branches that end

  private mutating func drop(_ visit: Visit) {
    guard let token = instance.tokens.first(where: { $0.id == visit.token }) else { return }
    drop(visit.step, at: Frame.Parent(frame: token.frame, branch: token.branch))
  }

  /// A gateway that is dropped ends the branch that it stands in, with all of its own.
  private mutating func drop(_ frame: Frame) {
    guard frame.items == nil, let gateway = frame.gateway, let parent = frame.parent else { return }
    drop(gateway, at: parent)
  }

  /// An item of an `each` stands where its step does.
  private mutating func drop(_ step: StepID, at place: Frame.Parent) {
    guard case .dropped = migration.target(of: step, from: old, to: new) else { return }
    var place = place
    while let frame = instance.frames.first(where: { $0.id == place.frame }) {
      if frame.items != nil, let parent = frame.parent {
        place = parent
        continue
      }
      if frame.gateway != nil, !dropped.contains(place) { dropped.append(place) }
      return
    }
  }

  /// Nothing of it goes on.
  private func isDropped(_ frame: Frame) -> Bool {
    frame.items == nil
      && frame.branches.indices.allSatisfy { index in
        frame.branches[index].state == .ended || dropped.contains(Frame.Parent(frame: frame.id, branch: index))
      }
  }

  private func isDropped(_ visit: Visit) -> Bool {
    guard let token = instance.tokens.first(where: { $0.id == visit.token }) else { return false }
    return dropped.contains(Frame.Parent(frame: token.frame, branch: token.branch)) || isDropped(inside: token.frame)
  }

  private func isDropped(inside frame: Int) -> Bool {
    var here = instance.frames.first { $0.id == frame }
    while let parent = here?.parent {
      if dropped.contains(parent) { return true }
      here = instance.frames.first { $0.id == parent.frame }
    }
    return false
  }

  // MARK: Frame paths

  /// The gateways around a visit, innermost first, by their names of now; `nil` for a frame that a message began.
  private func path(of visit: Visit) -> [StepID?] {
    var path: [StepID?] = []
    var frame = instance.tokens.first { $0.id == visit.token }?.frame
    while let here = instance.frames.first(where: { $0.id == frame }), let parent = here.parent {
      if here.items == nil { path.append(here.gateway.map { migration.steps[$0] ?? $0 }) }
      frame = parent.frame
    }
    return path
  }

  private func path(of step: Step) -> [StepID?]? {
    guard let index = graph.index[step.id], var frame = frames.frame[index] else { return nil }
    var path: [StepID?] = []
    while frame != 0 {
      path.append(frames.frames[frame].gateway.map { graph.ids[$0] })
      frame = frames.frames[frame].parent
    }
    return path
  }

  // MARK: Input and approvals

  private mutating func fitInput() {
    let violations = new.input?.validate(.map(instance.input), SchemaValidation(unknownFields: .allowed)) ?? []
    for violation in violations { note("its input does not hold any more: \(violation.message)") }
  }

  private mutating func fitApprovals() {
    let passing = PassedApprovals(from: old, to: new, graph: graph, by: migration)
    for visit in instance.visits where !isDropped(visit) {
      guard case .step(let target) = migration.target(of: visit.step, from: old, to: new) else { continue }
      for approval in passing.passed(by: visit.step, to: target.id, of: instance) {
        if migration.pastApprovals.contains(approval) {
          if !passed.contains(approval) { passed.append(approval) }
        } else {
          note("it would pass the approval '\(approval)', which 'migrate.past-approvals' does not name")
        }
      }
    }
    passed.sort()
  }
}

extension Visit {
  /// Whether a migration ends it and has its step entered again; what was given out or has its instant goes on.
  fileprivate var opensAnew: Bool {
    switch work {
    case .task, .approval, .state, .blocked: true
    case .job, .wait, .call: false
    }
  }
}

extension Workflow {
  func join(of gateway: StepID) -> StepID? {
    steps.first { if case .join(let join) = $0.kind { join.of == gateway } else { false } }?.id
  }
}
