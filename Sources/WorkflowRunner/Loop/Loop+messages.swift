import CEL
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

/// Messages: to everybody who waits, once each; else kept for the first who will; sent twice, answered as before.
extension Loop {
  /// Bytes of a name, a key, a source or an id.
  private static let textLimit = 1_024

  func send(
    _ sent: SentMessage, _ request: Request, _ batch: inout Batch, _ now: Timestamp
  ) throws(Rejection) -> Receipt {
    try refuseUnstorable(sent)
    let channel = Channel(event: sent.event, key: sent.key)
    let waiting = batch.world.waiting(for: channel)
    let (declarations, payload) = try admitting(sent, request.principal, waiting, batch.world.deployment, now)
    if let first = batch.world.mailbox.first(source: sent.source, id: sent.id) {
      return Receipt(instance: nil, entries: [], sequence: batch.sequence, isReplay: true, message: first)
    }
    let message = Message(
      number: batch.world.nextNumber, event: sent.event, key: sent.key, source: sent.source, id: sent.id,
      payload: payload)
    let (reached, refusal) = deliver(message, to: waiting, request, &batch, now)
    // Whoever waits knows best whether it fits; kept is only what nobody waits for.
    if reached.isEmpty, let refusal { throw refusal }
    var file = MessageFile(
      message: message, by: request.principal, at: now, standing: .delivered, until: nil, instances: reached)
    if reached.isEmpty {
      file.standing = .kept
      file.until = try deadline(declarations, request.principal, batch.world.deployment, now)
    } else {
      file.message.payload = .null
    }
    batch.world.nextNumber += 1
    batch.post(file)
    return Receipt(instance: nil, entries: [], sequence: batch.sequence, message: file)
  }

  private func refuseUnstorable(_ sent: SentMessage) throws(Rejection) {
    for (name, text) in [("name", sent.event), ("key", sent.key), ("source", sent.source), ("id", sent.id)] {
      guard let text, text.utf8.count > Self.textLimit || text.isEmpty else { continue }
      throw Rejection(.invalid, "the \(name) of a message has 1 to \(Self.textLimit) bytes")
    }
    if let problem = StoredValues.problem(in: sent.payload) { throw Rejection(problem) }
  }

  /// The declarations by which the sender may send it, of what is deployed and of those that wait; with the payload, in
  /// which all is sealed that one of them marks.
  private func admitting(
    _ sent: SentMessage, _ principal: PersonID, _ waiting: [Instance], _ deployment: Deployment, _ now: Timestamp
  ) throws(Rejection) -> ([Declared], payload: Value) {
    let pinned = waiting.compactMap { instance in
      deployment.workflow(of: instance).map { (definition: $0, initiator: instance.initiator) }
    }
    let current = deployment.current.keys.sorted().compactMap { deployment.workflow($0) }.map {
      (definition: $0, initiator: PersonID?.none)
    }
    let policy = outside.policy(deployment)
    var declared: [Declared] = []
    var admitting: [Declared] = []
    for (definition, initiator) in current + pinned {
      guard let event = definition.workflow.events.first(where: { $0.name == sent.event }) else { continue }
      declared.append(Declared(definition: definition, event: event))
      guard policy.maySend(event, principal, to: definition.workflow, of: initiator) else { continue }
      admitting.append(Declared(definition: definition, event: event))
    }
    guard let first = declared.first else {
      let known = deployment.current.keys.sorted().compactMap { deployment.workflow($0) }
        .flatMap { $0.workflow.events.map(\.name) }
      throw Rejection(
        .notFound, "no workflow declares the event '\(sent.event)'",
        hint: known.isEmpty
          ? "declare it under 'events:'" : "declared are: \(Set(known).sorted().joined(separator: ", "))")
    }
    guard !admitting.isEmpty else { throw first.event.refusal(of: principal) }
    for one in admitting.prefix(while: { deployment.current[$0.definition.workflow.name] == $0.definition.version }) {
      _ = try policy.accepted(sent.payload, by: one.event, sealing: outside.seal)
    }
    return (admitting, admitting.reduce(sent.payload) { $1.event.schema?.sealing($0, with: outside.seal) ?? $0 })
  }

  private struct Declared {
    var definition: DeployedWorkflow
    var event: MessageDeclaration
  }

  /// To everybody, oldest visit first. An instance that may not have it by its own version is passed over.
  private func deliver(
    _ message: Message, to waiting: [Instance], _ request: Request, _ batch: inout Batch, _ now: Timestamp
  ) -> (reached: [InstanceID], refusal: Rejection?) {
    var reached: [InstanceID] = []
    var refusal: Rejection?
    for instance in waiting {
      guard let definition = batch.world.deployment.workflow(of: instance) else { continue }
      do throws(Rejection) {
        _ = try apply(.receive(message), to: instance, definition, request, &batch, now)
        reached.append(instance.id)
      } catch {
        refusal = refusal ?? error
      }
    }
    return (reached, refusal)
  }

  /// As long as the most patient of them says.
  private func deadline(
    _ declarations: [Declared], _ principal: PersonID, _ deployment: Deployment, _ now: Timestamp
  ) throws(Rejection) -> Timestamp {
    var until = now
    for one in declarations {
      let context = Context(
        now: now, definition: one.definition, policy: outside.policy(deployment), digest: outside.digest,
        seal: outside.seal)
      until = max(until, try Engine.deadline(of: one.event, sentBy: principal, in: context))
    }
    return until
  }

  // MARK: What came early

  /// Hands an instance what is kept for the waits that it has opened.
  func claim(for number: Int, _ batch: inout Batch, _ now: Timestamp) {
    var refused: Set<Int> = []
    while let instance = batch.world.live[number],
      let definition = batch.world.deployment.workflow(of: instance),
      var file = batch.world.mailbox.kept(for: instance.channels).first(where: { !refused.contains($0.message.number) })
    {
      let request = Request(by: file.by, .advance)
      do throws(Rejection) {
        _ = try decide(.receive(file.message), on: instance, definition, request, &batch, now)
        file.standing = .claimed
        file.instances.append(instance.id)
        file.message.payload = .null
        batch.post(file)
      } catch {
        refused.insert(file.message.number)
      }
    }
  }

  /// What becomes of a message by itself: kept no longer, later forgotten.
  func settle(message number: Int, _ batch: inout Batch, _ now: Timestamp) {
    guard var file = batch.world.mailbox.messages[number], file.nextInstant <= now else { return }
    if file.standing == .kept {
      file.standing = .unclaimed
      return batch.post(file)
    }
    batch.world.mailbox.forget(number)
    batch.messages[number] = nil
    batch.forgotten.insert(number)
  }
}

extension World {
  /// Instances that the channel reaches, the one with the oldest visit first.
  func waiting(for channel: Channel) -> [Instance] {
    (listening[channel] ?? []).compactMap { live[$0] }.sorted { left, right in
      (left.waitsSince(channel), left.id.number) < (right.waitsSince(channel), right.id.number)
    }
  }
}

extension Instance {
  fileprivate func waitsSince(_ channel: Channel) -> Timestamp {
    visits.filter { $0.channels(about: object).contains(channel) }.map(\.since).min() ?? startedAt
  }
}

extension Rejection {
  init(_ problem: StorageProblem) {
    self.init(
      .invalid, problem.message, violations: [Violation(pointer: problem.pointer, message: problem.message)])
  }
}
