import CEL
import Synchronization
import WorkflowEngine

/// Turns the loop's effects into acts: writes, answers, publishing.
actor Core {
  private var loop: Loop
  private let writer: Writer
  private let published: Published
  private let clock: @Sendable () -> Timestamp
  private var waiting: [Int: CheckedContinuation<Result<Receipt, SubmitError>, Never>] = [:]
  private var lastTicket = 0
  /// Set once the outcome of a batch is unknown: nothing is taken any more.
  private var stopped: String?

  init(loop: Loop, writer: Writer, published: Published, clock: @escaping @Sendable () -> Timestamp) {
    self.loop = loop
    self.writer = writer
    self.published = published
    self.clock = clock
  }

  func submit(_ request: Request) async -> Result<Receipt, SubmitError> {
    if let stopped { return .failure(.outcomeUnknown(stopped)) }
    lastTicket += 1
    let ticket = lastTicket
    return await withCheckedContinuation { continuation in
      waiting[ticket] = continuation
      run(loop.step(.submitted(request, ticket: ticket), now: clock()))
    }
  }

  private func run(_ effects: [Loop.Effect]) {
    for effect in effects {
      switch effect {
      case .write(let batch): Task { await write(batch) }
      case .publish(let batch): published.publish(batch)
      case .answer(let ticket, let result): waiting.removeValue(forKey: ticket)?.resume(returning: result)
      case .stop(let why):
        stopped = why
        published.stop(why)
      }
    }
  }

  private func write(_ batch: Batch) async {
    let failure = await writer.write(batch)
    run(loop.step(failure.map { .failed($0) } ?? .written, now: clock()))
  }
}

/// What readers see: the newest durable world, and word of every change.
final class Published: Sendable {
  private struct State {
    var world: World
    var subscribers: [Int: AsyncStream<Change>.Continuation] = [:]
    var lastSubscriber = 0
    var stopped: String?
  }
  private let state: Mutex<State>
  private let agenda: Agenda

  init(_ world: World, agenda: Agenda) {
    state = Mutex(State(world: world))
    self.agenda = agenda
  }

  var world: World { state.withLock { $0.world } }

  /// Why the runner takes nothing any more.
  var stopped: String? { state.withLock { $0.stopped } }

  func publish(_ batch: Batch) {
    let change = Change(
      sequence: batch.sequence, instances: batch.parts.values.map(\.after.id).sorted(), deployed: !batch.deploys.isEmpty
    )
    let subscribers = state.withLock { state in
      state.world = batch.world
      return Array(state.subscribers.values)
    }
    for part in batch.parts.values { agenda.add(part.after) }
    for file in batch.messages.values { agenda.add(file) }
    for subscriber in subscribers { subscriber.yield(change) }
  }

  func stop(_ why: String) {
    let subscribers = state.withLock { state in
      state.stopped = why
      defer { state.subscribers = [:] }
      return Array(state.subscribers.values)
    }
    for subscriber in subscribers { subscriber.finish() }
  }

  func subscribe() -> AsyncStream<Change> {
    let (stream, continuation) = AsyncStream.makeStream(of: Change.self, bufferingPolicy: .bufferingNewest(1_000))
    let id = state.withLock { state in
      state.lastSubscriber += 1
      state.subscribers[state.lastSubscriber] = continuation
      return state.lastSubscriber
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.subscribers.removeValue(forKey: id) }
    }
    return stream
  }
}
