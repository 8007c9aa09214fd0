package import CEL

extension Instance {
  /// The state after a whole timeline; `nil` where it does not begin with `started`.
  package static func fold(_ entries: some Sequence<Entry>) -> Instance? {
    var instance: Instance?
    for entry in entries { evolve(&instance, entry) }
    return instance
  }

  /// Applies one event. Reads nothing but the event and the state.
  package static func evolve(_ instance: inout Instance?, _ entry: Entry) {
    if case .started(let started) = entry.event { instance = Instance(started, at: entry.at) }
    instance?.count(entry)
    instance?.apply(entry.event, at: entry.at)
    instance?.settleStatus()
  }

  private init(_ started: Started, at: Timestamp) {
    id = started.instance
    workflow = started.workflow
    version = started.version
    definition = started.definition
    title = started.title
    startedAt = at
    initiator = started.by
    object = started.object
    input = started.input
    vars = started.vars
    due = started.due
    timers = started.timers
    caller = started.caller
    about = started.about
    tokens = [Token(id: 1, frame: 0, branch: 0, step: started.step)]
    frames = [Frame(id: 0, gateway: nil, parent: nil, branches: [Frame.Branch(step: started.step)])]
    lastToken = 1
    lastEventAt = at
  }

  private mutating func count(_ entry: Entry) {
    events = entry.number
    lastEventAt = max(lastEventAt, entry.at)
  }

  private mutating func apply(_ event: Event, at: Timestamp) {
    switch event {
    case .started, .levelSkipped, .levelClosed, .late, .commented, .received: break
    case .entered(let step, let visit, let token): enter(step, visit, token)
    case .taskOpened(let opened): open(opened, at: at)
    case .levelOpened(let opened): open(opened, at: at)
    case .jobOpened(let opened): open(opened, at: at)
    case .waitOpened(let opened): open(opened, at: at)
    case .callOpened(let opened): open(opened, at: at)
    case .childStarted(let step, let visit, let child): startChild(step, visit, child)
    case .decided(let decided): record(decided, at: at)
    case .delegated(let step, let visit, let seat, _, let to): lend(step, visit, seat, to)
    case .questionAsked(let asked): note(asked, at: at)
    case .questionAnswered(let answered): note(answered, at: at)
    case .unseated(let step, let visit, let people): unseat(step, visit, people)
    case .superseded(let step, let visit): releaseToken(step, visit)
    case .attemptFailed(let failed): record(failed)
    case .redelivered(let step, let visit): redeliver(step, visit)
    case .left(let left): leave(left)
    case .forked(let forked): fork(forked)
    case .eachOpened(let opened): open(opened)
    case .itemEntered(let step, let visit, let token, let frame): enterItem(step, visit, token, frame)
    case .itemEnded(let ended): end(ended)
    case .gathered(let step, let visit, let frame, let token, _): gather(step, visit, frame, token)
    case .arrived(_, let token): arrive(token)
    case .joined(let step, let visit, let frame, let token, _): join(step, visit, frame, token)
    case .frameClosed(let frame): closeFrame(frame)
    case .frameLeft(let frame, let token, let to, _): leaveFrame(frame, token, to)
    case .expired(let to, let token, _): expire(token, to)
    case .overdue(let index, let action, let people): escalate(index, action, people)
    case .escalated(let escalated): escalate(escalated)
    case .notified(let delivery): deliveries.append(delivery)
    case .delivered(let id): deliveries.removeAll { $0.id == id }
    case .deliveryFailed(let id, _, _, let notBefore): postpone(id, notBefore)
    case .incident(let opened): open(opened, at: at)
    case .retried(let step, let visit, _, _): retry(step, visit)
    case .reopened(let step, let visit, _, _): releaseToken(step, visit)
    case .undoNoted(let noted): undos.append(noted)
    case .undoBegun(let undoing): begin(undoing)
    case .undoOpened(let step, let visit, let token, let undoes):
      openUndo(step, visit, token, undoes: undoes, at: at)
    case .undone(let step, let visit, _, _, _): closeUndo(step, visit)
    case .suspended: isSuspended = true
    case .resumed: isSuspended = false
    case .cancelled: end(.cancelled, outcome: "cancelled", at: at)
    case .completed(let outcome, let output): end(.completed, outcome: outcome, output: output, at: at)
    case .listened(let listened): listen(listened)
    case .sideBegun(let side): begin(side)
    case .stateOpened(let opened): open(opened, at: at)
    case .stayed(let stayed): stay(stayed)
    case .migrated(let migrated): migrate(migrated)
    }
  }

  /// The status says what people see; it follows from the rest.
  private mutating func settleStatus() {
    if status.isEnded { return }
    if isSuspended {
      status = .suspended
    } else if tokens.contains(where: { $0.visit == nil }) {
      status = .running
    } else {
      status = !visits.isEmpty && visits.allSatisfy { $0.incident != nil } ? .failed : .waiting
    }
  }

  private mutating func end(_ status: Status, outcome: Outcome, output: ValueMap? = nil, at: Timestamp) {
    self.status = status
    self.outcome = outcome
    self.output = output
    endedAt = at
    tokens = []
    visits = []
    timers = []
    listens = []
    frames = []
    undos = []
    undoing = nil
  }

  // MARK: Tokens

  func tokenIndex(_ id: Int) -> Int {
    guard let index = tokens.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("\(self.id): event \(events) names token \(id), which is not there")
    }
    return index
  }

  func token(in step: StepID, _ visit: Int) -> Int {
    guard let token = tokens.first(where: { $0.step == step && $0.visit == visit }) else {
      preconditionFailure("\(id): event \(events) names visit \(visit) of \(step), where no token is")
    }
    return token.id
  }

  private mutating func enter(_ step: StepID, _ visit: Int, _ token: Int) {
    let index = tokenIndex(token)
    tokens[index].step = step
    tokens[index].visit = visit
    counts[step] = visit
  }

  /// What `set` did.
  mutating func write(_ written: ValueMap, unset: [String]) {
    for (name, value) in written { vars[name] = value }
    for name in unset { vars[name] = nil }
  }

  private mutating func leave(_ left: Left) {
    visits.removeAll { $0.step == left.step && $0.number == left.visit }
    results[left.step] = StepResult(visit: left.visit, outcome: left.outcome, output: left.output, by: left.by)
    write(left.vars, unset: left.unset)
    let index = tokenIndex(left.token)
    if let to = left.to {
      tokens[index].step = to
      tokens[index].visit = nil
    } else {
      let ended = tokens.remove(at: index)
      if ended.frame == 0 { outcome = left.outcome == "done" ? "completed" : left.outcome }
      endBranch(of: ended, as: .ended)
    }
  }

  private mutating func endBranch(of token: Token, as state: Frame.Branch.State) {
    guard let frame = frames.firstIndex(where: { $0.id == token.frame }) else { return }
    frames[frame].branches[token.branch].state = state
  }

  mutating func releaseToken(_ step: StepID, _ visit: Int) {
    visits.removeAll { $0.step == step && $0.number == visit }
    tokens[tokenIndex(token(in: step, visit))].visit = nil
  }

  // MARK: Frames

  private mutating func fork(_ forked: Forked) {
    let parent = tokens.remove(at: tokenIndex(forked.token))
    frames.append(
      Frame(
        id: forked.frame, gateway: forked.step, parent: Frame.Parent(frame: parent.frame, branch: parent.branch),
        branches: forked.branches.map { Frame.Branch(step: $0.to) }))
    for (branch, taken) in forked.branches.enumerated() {
      tokens.append(Token(id: taken.token, frame: forked.frame, branch: branch, step: taken.to))
      lastToken = max(lastToken, taken.token)
    }
    lastFrame = forked.frame
  }

  private mutating func arrive(_ token: Int) {
    endBranch(of: tokens.remove(at: tokenIndex(token)), as: .arrived)
  }

  private mutating func join(_ step: StepID, _ visit: Int, _ frame: Int, _ token: Int) {
    counts[step] = visit
    replaceFrame(frame, with: token, at: step, visit: visit)
  }

  private mutating func gather(_ step: StepID, _ visit: Int, _ frame: Int, _ token: Int) {
    replaceFrame(frame, with: token, at: step, visit: visit)
  }

  private mutating func leaveFrame(_ frame: Int, _ token: Int, _ to: StepID) {
    if frame == 0 { return divert(token, to) }
    replaceFrame(frame, with: token, at: to, visit: nil)
  }

  /// The workflow's own time is up.
  private mutating func expire(_ token: Int, _ to: StepID) {
    timers.removeAll { $0.purpose == .expires }
    divert(token, to)
  }

  /// The root frame is cancelled and begins anew with one token.
  private mutating func divert(_ token: Int, _ to: StepID) {
    tokens = [Token(id: token, frame: 0, branch: 0, step: to)]
    frames = [Frame(id: 0, gateway: nil, parent: nil, branches: [Frame.Branch(step: to)])]
    visits = []
    listens = []
    outcome = nil
    lastToken = max(lastToken, token)
  }

  /// Takes a frame away with everything in it; one token goes on in its parent.
  private mutating func replaceFrame(_ id: Int, with token: Int, at step: StepID, visit: Int?) {
    guard let parent = frames.first(where: { $0.id == id })?.parent else { return }
    removeFrame(id)
    tokens.append(Token(id: token, frame: parent.frame, branch: parent.branch, step: step, visit: visit))
    lastToken = max(lastToken, token)
  }

  private mutating func closeFrame(_ id: Int) {
    guard let frame = frames.first(where: { $0.id == id }), let parent = frame.parent else { return }
    removeFrame(id)
    guard !frame.isSide, let above = frames.firstIndex(where: { $0.id == parent.frame }) else { return }
    frames[above].branches[parent.branch].state = .ended
  }

  private mutating func removeFrame(_ id: Int) {
    let gone = framesInside(id)
    let tokensGone = Set(tokens.filter { gone.contains($0.frame) }.map(\.id))
    tokens.removeAll { tokensGone.contains($0.id) }
    visits.removeAll { tokensGone.contains($0.token) }
    frames.removeAll { gone.contains($0.id) }
  }

  /// The frame and all frames nested in it. Frames are in order of id, so parents come before children.
  package func framesInside(_ id: Int) -> Set<Int> {
    var inside: Set<Int> = [id]
    for frame in frames {
      if let parent = frame.parent, inside.contains(parent.frame) { inside.insert(frame.id) }
    }
    return inside
  }

  private mutating func postpone(_ id: String, _ notBefore: Timestamp?) {
    guard let index = deliveries.firstIndex(where: { $0.id == id }) else { return }
    guard let notBefore else {
      deliveries.remove(at: index)
      return
    }
    deliveries[index].attempts += 1
    deliveries[index].notBefore = notBefore
  }
}
