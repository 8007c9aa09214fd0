package import CEL

/// How a message reaches an instance: by the oldest visit that waits for it, else by the instance's own `on-event`.
extension Turn {
  private enum Listener {
    case wait(Visit)
    case move(Visit, [Offer])
    case visit(Visit, EventHandler)
    case instance(EventHandler)
  }

  mutating func receive(_ message: Message) throws(Rejection) {
    guard let listener = listener(for: message.channel) else {
      throw Rejection(.conflict, "\(state.id) does not wait for '\(message.event)'\(message.aboutKey)")
    }
    let payload = try accepted(message)
    switch listener {
    case .wait(let visit):
      record(message, at: visit, payload: .null)
      // Who sends a message has not worked on the instance, and may see no more of it than before.
      do throws(StepFailure) { try leave(visit.place, outcome: message.event, output: payload) } catch {
        block(visit.place, error)
      }
    case .move(let visit, let offers):
      record(message, at: visit, payload: .null)
      try make(offers, in: visit, result: payload, isMessage: true)
    case .visit(let visit, let handler) where handler.cancels:
      guard let step = workflow.step(visit.step) else { return }
      record(message, at: visit, payload: .null)
      let place = leaveItems(visit.place, step)
      emit(
        .left(
          Left(
            step: step.id, visit: place.visit, token: place.token, outcome: message.event, output: payload,
            to: handler.then)))
    case .visit(let visit, let handler):
      record(message, at: visit, payload: payload)
      guard let token = state.tokens.first(where: { $0.id == visit.token }) else { return }
      begin(
        handler,
        beside: state.itemFrame(of: token.id)?.parent ?? Frame.Parent(frame: token.frame, branch: token.branch))
    case .instance(let handler):
      record(message, at: nil, payload: payload)
      if handler.cancels { divert(to: handler.then) } else { begin(handler, beside: Frame.Parent(frame: 0, branch: 0)) }
    }
  }

  private func listener(for channel: Channel) -> Listener? {
    let visits = state.visits.enumerated().filter { $1.channels(about: state.object).contains(channel) }
    if let visit = visits.min(by: { ($0.element.since, $0.offset) < ($1.element.since, $1.offset) })?.element {
      if case .wait(let wait) = visit.work, wait.channel == channel { return .wait(visit) }
      let offers = visit.offers.filter { $0.pool == nil && $0.move == channel.event && channel.key == state.object }
      if !offers.isEmpty, visit.incident == nil { return .move(visit, offers) }
      return handler(for: channel, in: visit.listens, of: workflow.step(visit.step)?.onEvent ?? [])
        .map { .visit(visit, $0) }
    }
    return handler(for: channel, in: state.listens, of: workflow.onEvent).map { .instance($0) }
  }

  private func handler(for channel: Channel, in armed: [Listening], of handlers: [EventHandler]) -> EventHandler? {
    armed.first { $0.channel == channel }.flatMap { handlers.indices.contains($0.handler) ? handlers[$0.handler] : nil }
  }

  /// The payload as it is recorded, if the sender may send it and its schema holds.
  private func accepted(_ message: Message) throws(Rejection) -> Value {
    guard let declared = workflow.events.first(where: { $0.name == message.event }) else {
      throw Rejection(.conflict, "\(workflow.name) does not declare the event '\(message.event)'")
    }
    guard context.policy.maySend(declared, command.principal, to: workflow, of: state.initiator) else {
      throw declared.refusal(of: command.principal)
    }
    return try context.policy.accepted(message.payload, by: declared, sealing: context.seal)
  }

  private mutating func record(_ message: Message, at visit: Visit?, payload: Value) {
    emit(
      .received(
        Received(
          message: message.number, event: message.event, key: message.key, source: message.source, id: message.id,
          by: command.principal, visit: visit.map { VisitID(step: $0.step, visit: $0.number) }, payload: payload)))
  }

  private mutating func begin(_ handler: EventHandler, beside parent: Frame.Parent) {
    emit(
      .sideBegun(
        SideBegun(frame: state.lastFrame + 1, token: state.lastToken + 1, to: handler.then, parent: parent)))
  }

  /// Cancels the root frame with everything in it; one root token goes on.
  private mutating func divert(to step: StepID) {
    emit(.frameLeft(frame: 0, token: state.lastToken + 1, to: step, cancelled: openVisits(in: 0)))
  }

  // MARK: Listening

  /// Arms the `on-event` of a visit that has opened, or of the instance.
  mutating func listen(_ handlers: [EventHandler], at place: Place?) throws(StepFailure) {
    guard !handlers.isEmpty else { return }
    var evaluation = evaluation()
    if let place, let step = workflow.step(place.step) { evaluation = self.evaluation(of: step, at: place) }
    var channels: [Listening] = []
    for (index, handler) in handlers.enumerated() {
      let key = try handler.key.map { formula throws(StepFailure) in
        try evaluation.value(of: formula, "on-event[\(index)].key").stored
      }
      channels.append(Listening(event: handler.event, key: key, handler: index))
    }
    emit(.listened(Listened(visit: place.map { VisitID(step: $0.step, visit: $0.visit) }, channels: channels)))
  }
}

extension Message {
  fileprivate var aboutKey: String { key.map { " with the key '\($0)'" } ?? "" }
}
