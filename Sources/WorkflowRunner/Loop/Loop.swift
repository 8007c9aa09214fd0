import CEL
import DequeModule
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

/// The command loop as a synchronous step machine: no clock, no files, no `await`, so that a seed can drive it.
///
/// At most one batch is being written while the next is being decided on top of it. Every answer, refusals and replays
/// included, waits for the last batch that it was decided on.
struct Loop {
  enum Input {
    case submitted(Request, ticket: Int)
    case written
    /// The batch being written failed; whether the record was touched is known or not.
    case failed(SubmitError)
  }

  enum Effect {
    case write(Batch)
    case publish(Batch)
    case answer(ticket: Int, Result<Receipt, SubmitError>)
    /// The outcome of a batch is unknown: the process ends and recovers by reading.
    case stop(String)
  }

  static let maximumQueue = 10_000

  private(set) var durable: World
  let outside: Outside
  private var queue: Deque<(request: Request, ticket: Int)> = []
  private var writing: Batch?
  private var forming: Batch?

  init(world: World, outside: Outside) {
    durable = world
    self.outside = outside
  }

  /// Durable, plus the batch being written, plus the batch so far: looked at in place, because a copy for every command
  /// would make every change to it a copy too.
  private func speculative<Part>(_ part: (borrowing World) -> Part) -> Part {
    if let forming { return part(forming.world) }
    if let writing { return part(writing.world) }
    return part(durable)
  }

  private var owesErrands: Bool { speculative { !$0.errands.isEmpty } }

  mutating func step(_ input: Input, now: Timestamp) -> [Effect] {
    switch input {
    case .submitted(let request, let ticket):
      guard queue.count < Self.maximumQueue else {
        return [
          .answer(ticket: ticket, .failure(.refused(Rejection(.busy, "the runner is busy; try again in a moment"))))
        ]
      }
      queue.append((request, ticket))
      return drain(now)
    case .written: return finish() + drain(now)
    case .failed(let error): return fail(error) + drain(now)
    }
  }

  // MARK: Batches

  private mutating func drain(_ now: Timestamp) -> [Effect] {
    var effects: [Effect] = []
    while forming?.isFull != true, !queue.isEmpty || owesErrands {
      if owesErrands { runErrand(now) }
      guard forming?.isFull != true, let next = queue.popFirst() else { continue }
      effects += take(next.request, ticket: next.ticket, now: now)
    }
    if writing == nil, let batch = forming {
      writing = batch
      forming = nil
      effects.append(.write(batch))
    }
    return effects
  }

  private mutating func finish() -> [Effect] {
    guard let batch = writing else { preconditionFailure("a batch was written that nobody asked for") }
    durable = batch.world
    writing = nil
    return [.publish(batch)] + batch.answers.map { .answer(ticket: $0.ticket, $0.result) }
  }

  /// Discards everything that was decided on the failed batch.
  private mutating func fail(_ error: SubmitError) -> [Effect] {
    let answers = (writing?.answers ?? []) + (forming?.answers ?? [])
    writing = nil
    forming = nil
    var effects = answers.map { Effect.answer(ticket: $0.ticket, .failure(error)) }
    if case .outcomeUnknown(let why) = error {
      effects += queue.map { .answer(ticket: $0.ticket, .failure(.notDone("the runner begins anew: \(why)"))) }
      queue = []
      effects.append(.stop(why))
    }
    return effects
  }

  /// Answers when everything that the answer was decided on is durable.
  private mutating func answer(_ ticket: Int, _ result: Result<Receipt, SubmitError>) -> [Effect] {
    if forming != nil {
      forming?.answers.append(Batch.Answer(ticket: ticket, result: result))
    } else if writing != nil {
      writing?.answers.append(Batch.Answer(ticket: ticket, result: result))
    } else {
      return [.answer(ticket: ticket, result)]
    }
    return []
  }

  // MARK: Commands

  private mutating func take(_ request: Request, ticket: Int, now: Timestamp) -> [Effect] {
    // What is durable already is said at once: the fate of the batches after it is another matter.
    if let replay = replay(of: request, in: durable, now) { return [.answer(ticket: ticket, replay)] }
    if let replay = speculative({ replay(of: request, in: $0, now) }) { return answer(ticket, replay) }
    do throws(Rejection) {
      let receipt = try decide(request, now: now)
      return answer(ticket, .success(receipt))
    } catch {
      return answer(ticket, .failure(.refused(error)))
    }
  }

  /// The batch so far, to be changed in place and put back: while it is out nobody else holds it.
  private mutating func takeForming(_ now: Timestamp) -> Batch {
    defer { forming = nil }
    return forming ?? Batch(after: speculative { copy $0 }, at: now)
  }

  /// Decides a request as a part of the batch so far. What is refused leaves nothing in it: everything is checked before
  /// anything is changed.
  private mutating func decide(_ request: Request, now: Timestamp) throws(Rejection) -> Receipt {
    var batch = takeForming(now)
    defer { if batch.commands > 0 { forming = batch } }
    batch.forgottenKeys += batch.world.forgetAnswers(now: now)
    let receipt = try perform(request, &batch, now)
    if let cursor = request.cursor { batch.world.cursors[cursor.ref] = cursor.commit }
    if receipt.entries.isEmpty, request.cursor == nil, batch.isEmpty, batch.commands == 0 {
      return Receipt(
        instance: receipt.instance, entries: [], sequence: batch.sequence - 1, isReplay: receipt.isReplay,
        message: receipt.message)
    }
    remember(request, receipt, &batch, now)
    batch.commands += 1
    batch.weight += request.evidence?.count ?? 0
    return receipt
  }

  private func perform(
    _ request: Request, _ batch: inout Batch, _ now: Timestamp
  ) throws(Rejection) -> Receipt {
    switch request.verb {
    case .start(let workflow, let input): return try start(workflow, input, request, &batch, now)
    case .act(let number, let action): return try act(number, action, request, &batch, now)
    case .send(let message): return try send(message, request, &batch, now)
    case .settle(let message): settle(message: message, &batch, now)
    case .deploy(let plan):
      guard !plan.report.isInForce || plan.base == batch.world.deployment.commit else {
        throw Rejection(.conflict, "another commit was deployed meanwhile", hint: "deploy again")
      }
      batch.deploys.append(deploy(plan, request, &batch, now))
    case .accept(let rewrite, let reason):
      guard batch.acceptance == nil, request.cursor.map({ batch.world.cursors[$0.ref] }) == rewrite.from else {
        throw Rejection(.conflict, "\(rewrite.branch) is read from another commit by now", hint: "look again")
      }
      batch.acceptance = AcceptanceFile(rewrite: rewrite, at: now, by: request.principal, reason: reason)
    case .advance: break
    }
    return Receipt(instance: nil, entries: [], sequence: batch.sequence)
  }

  private func start(
    _ name: String, _ input: Value, _ request: Request, _ batch: inout Batch, _ now: Timestamp
  ) throws(Rejection) -> Receipt {
    guard let definition = batch.world.deployment.workflow(named: name) else {
      throw Rejection(.notFound, "no workflow is named '\(name)'", hint: outside.nearest(name, batch.world.deployment))
    }
    let id = InstanceID(name: definition.workflow.shortName, number: batch.world.nextNumber)
    let receipt = try apply(.start(id, input: input), to: nil, definition, request, &batch, now)
    batch.world.nextNumber += 1
    return receipt
  }

  private func act(
    _ number: Int, _ action: Command.Action, _ request: Request, _ batch: inout Batch, _ now: Timestamp
  ) throws(Rejection) -> Receipt {
    guard let instance = batch.world.instance(number) else {
      throw Rejection(.notFound, "no instance has the number \(number), or it ended long ago")
    }
    guard let definition = batch.world.deployment.workflow(of: instance) else {
      throw Rejection(.conflict, "version \(instance.version) of \(instance.workflow) is not loaded")
    }
    return try apply(action, to: instance, definition, request, &batch, now)
  }

  /// Decides, and then hands over what was kept for the waits that this opened.
  func apply(
    _ action: Command.Action, to instance: Instance?, _ definition: DeployedWorkflow, _ request: Request,
    _ batch: inout Batch, _ now: Timestamp
  ) throws(Rejection) -> Receipt {
    if let value = action.givenValue, let problem = StoredValues.problem(in: value) { throw Rejection(problem) }
    var receipt = try decide(action, on: instance, definition, request, &batch, now)
    if batch.world.mailbox.keepsAny, let number = receipt.instance?.id.number {
      claim(for: number, &batch, now)
      receipt.instance = batch.world.instance(number) ?? receipt.instance
    }
    return receipt
  }

  func decide(
    _ action: Command.Action, on instance: Instance?, _ definition: DeployedWorkflow, _ request: Request,
    _ batch: inout Batch, _ now: Timestamp
  ) throws(Rejection) -> Receipt {
    let command = Command(
      by: request.principal, assurance: request.assurance, evidence: request.evidence.map(outside.digest),
      key: request.signer, action)
    let context = Context(
      now: now, definition: definition, policy: outside.policy(batch.world.deployment),
      callee: { [deployment = batch.world.deployment] in deployment.workflow($0) }, digest: outside.digest,
      seal: outside.seal)
    let (entries, after) = try Engine.decide(command, on: instance, in: context)
    if instance == nil { try batch.world.refuseSecond(of: after) }
    if !entries.isEmpty {
      batch.add(entries, before: instance, after: after, evidence: request.evidence)
      batch.world.put(after)
    }
    carry(after, to: after.caller, &batch, now)
    return Receipt(instance: after, entries: entries, sequence: batch.sequence)
  }

  // MARK: Errands

  /// Does the oldest errand, as a command among the others.
  private mutating func runErrand(_ now: Timestamp) {
    var batch = takeForming(now)
    run(batch.world.errands.removeFirst(), &batch, now)
    batch.commands += 1
    forming = batch
  }

  // MARK: Idempotency

  private func replay(
    of request: Request, in world: borrowing World, _ now: Timestamp
  ) -> Result<Receipt, SubmitError>? {
    guard let key = request.key, let first = world.requests[RequestKey(principal: request.principal, key: key)],
      first.at.adding(World.remembered) > now
    else { return nil }
    guard first.digest == fingerprint(request) else {
      return .failure(
        .refused(Rejection(.conflict, "the key '\(key)' was used for another request", hint: "choose a new key")))
    }
    return .success(
      Receipt(
        instance: first.instance.flatMap { world.instance($0) }, entries: [], sequence: first.sequence, isReplay: true,
        message: first.message.flatMap { world.mailbox.messages[$0] }))
  }

  private func remember(_ request: Request, _ receipt: Receipt, _ batch: inout Batch, _ now: Timestamp) {
    guard let key = request.key else { return }
    let answered = Answered(
      digest: fingerprint(request), at: now, instance: receipt.instance?.id.number,
      message: receipt.message?.message.number, sequence: batch.sequence)
    batch.world.remember(answered, for: RequestKey(principal: request.principal, key: key))
    batch.requests.append((RequestKey(principal: request.principal, key: key), answered))
  }

  private func fingerprint(_ request: Request) -> String {
    outside.fingerprint(request.spelling)
  }
}

extension Command.Action {
  /// What came from outside and will be stored.
  fileprivate var givenValue: Value? {
    switch self {
    case .start(_, let input): input
    case .complete(_, _, _, let result), .move(_, _, _, let result), .jobDone(_, _, _, let result): result
    case .skip(_, _, let result, _): result
    default: nil
    }
  }
}

/// What the loop needs from outside: digests, seals and time zones.
struct Outside: Sendable {
  var digest: @Sendable ([UInt8]) -> String
  /// Of a request, which may hold what is sensitive: a digest that only the record's holder can make.
  var fingerprint: @Sendable ([UInt8]) -> String
  var seal: @Sendable (Value) -> Value
  var zones: @Sendable (String) -> ZoneRules?

  func policy(_ deployment: Deployment) -> Policy {
    Policy(people: deployment.people, settings: deployment.settings, zones: zones)
  }

  /// A name that looks like the one asked for.
  func nearest(_ name: String, _ deployment: Deployment) -> String? {
    let names = deployment.current.keys.sorted()
    guard let near = names.first(where: { $0.contains(name) || name.contains($0.split(separator: "/").last ?? "") })
    else { return names.isEmpty ? "nothing is deployed yet" : "deployed are: \(names.joined(separator: ", "))" }
    return "did you mean '\(near)'?"
  }
}
