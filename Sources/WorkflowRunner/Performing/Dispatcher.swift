import CEL
import DequeModule
import HashTreeCollections
package import Logging
package import ServiceLifecycle
import WorkflowEngine
import WorkflowFiles

/// Has done what is owed: jobs and deliveries go to the performer, results come back as commands.
///
/// It keeps no state that matters: after a crash it asks the record again what is owed.
package struct Dispatcher: Service {
  private let runner: Runner
  private let performer: any Performer
  private let logger: Logger
  /// Attempts under way at once.
  private let width: Int

  package init(runner: Runner, performer: any Performer, logger: Logger, width: Int = 32) {
    self.runner = runner
    self.performer = performer
    self.logger = logger
    self.width = width
  }

  package func run() async {
    let desk = Desk(width: width)
    await withDiscardingTaskGroup { group in
      for await _ in ticks(of: runner, every: .milliseconds(500)).cancelOnGracefulShutdown() {
        await failExpired()
        for work in takeDue() where await desk.begins(work) {
          group.addTask {
            var next: DueWork? = work
            while let work = next, !Task.isCancelled {
              if runner.snapshot.owes(work) { await perform(work) }
              next = await desk.finish(work)
            }
          }
        }
      }
      group.cancelAll()
    }
  }

  /// Does everything that is due until nothing is any more; for `serve --once`, demos and tests.
  package func drain() async {
    await failExpired()
    while case let works = takeDue(), !works.isEmpty {
      for work in works { await perform(work) }
    }
  }

  /// After a runner that ended in mid-work, and before anything is handed out: what was under way, and is done again with the
  /// same keys, says so in its record.
  package static func redeliver(by runner: Runner) async {
    let now = runner.clock()
    let open = runner.snapshot.live.values.filter { instance in
      instance.owed.contains { if case .job(let job) = $0 { job.notBefore ?? now <= now } else { false } }
    }
    for start in stride(from: 0, to: open.count, by: 1_000) {
      await withDiscardingTaskGroup { group in
        for instance in open[start..<min(start + 1_000, open.count)] {
          let request = Request(by: "system:dispatcher", .act(instance.id.number, .redeliver))
          group.addTask { _ = try? await runner.submit(request) }
        }
      }
    }
  }

  // MARK: One piece of work

  /// What is for workers outside is offered to them at once, and the rest is returned.
  private func takeDue() -> [DueWork] {
    runner.agenda.takeWork(in: runner.snapshot, until: runner.clock()).bundled.filter { work in
      guard case .job(let job) = work, job.uses == Owed.Job.outside else { return true }
      runner.jobs.offer(job)
      return false
    }
  }

  private func perform(_ work: DueWork) async {
    let settings = runner.snapshot.deployment.settings
    switch work {
    case .job(let job):
      let result = await performer.perform(job, settings: settings)
      await report(job.instance.number, result.storable.action(for: job))
    case .delivery(let delivery, let instance):
      let result = await deliver(delivery, of: instance, settings)
      await report(instance.id.number, result.action(for: delivery))
    case .bundle(let parts):
      let result = await deliver(parts.message, of: parts[0].instance, settings)
      for part in parts { await report(part.instance.id.number, result.action(for: part.delivery)) }
    }
  }

  private func deliver(_ delivery: Delivery, of instance: Instance, _ settings: Settings) async -> Performed {
    let people = delivery.to.compactMap { runner.snapshot.deployment.people.people[$0] }
    return await performer.deliver(delivery, to: people, about: instance.id, settings: settings)
  }

  /// Workers that have not answered in time.
  private func failExpired() async {
    for lease in runner.jobs.takeExpired(at: runner.clock()) {
      let message = "\(lease.holder) has not answered within the time of the attempt"
      await report(
        lease.job.instance.number, Performed.failed(code: "timeout", message: message).action(for: lease.job))
    }
  }

  private func report(_ number: Int, _ action: Command.Action) async {
    do throws(SubmitError) {
      _ = try await runner.submit(Request(by: "system:dispatcher", .act(number, action)))
    } catch {
      logger.warning("a result for instance \(number) was not taken, so its work is done again: \(error)")
      runner.agenda.postpone(number, .work, to: runner.clock().adding(.seconds(5)))
    }
  }
}

/// What is under way and what waits for its turn, so that nothing is started twice and not too much at once.
private actor Desk {
  /// Pieces of work under way at once.
  private let width: Int
  private var underWay = 0
  private var waiting: Deque<DueWork> = []
  /// Keys of both.
  private var known: Set<String> = []

  init(width: Int) { self.width = width }

  /// Whether the work is to be done now; otherwise it is known already, or waits for a place.
  func begins(_ work: DueWork) -> Bool {
    guard known.insert(work.key).inserted else { return false }
    guard underWay < width else {
      waiting.append(work)
      return false
    }
    underWay += 1
    return true
  }

  /// - Returns: what takes the place.
  func finish(_ work: DueWork) -> DueWork? {
    known.remove(work.key)
    if let next = waiting.popFirst() { return next }
    underWay -= 1
    return nil
  }
}

extension World {
  /// Whether it is still to be done: it may have been cancelled while it waited.
  fileprivate func owes(_ work: DueWork) -> Bool {
    switch work {
    case .job(let job): live[job.instance.number]?.owes(job) ?? false
    case .delivery(let delivery, let instance): live[instance.id.number]?.owes(delivery) ?? false
    case .bundle(let parts): parts.contains { live[$0.instance.id.number]?.owes($0.delivery) ?? false }
    }
  }
}

extension Instance {
  fileprivate func owes(_ delivery: Delivery) -> Bool { owed.contains(.delivery(delivery)) }
}

extension Performed {
  /// An answer that the record cannot keep is a failed attempt.
  var storable: Performed {
    guard case .done(let value) = self, let problem = StoredValues.problem(in: value) else { return self }
    return .failed(code: "output", message: problem.message)
  }

  func action(for job: Owed.Job) -> Command.Action {
    switch self {
    case .done(let result): .jobDone(step: job.step, visit: job.visit, attempt: job.attempt, result: result)
    case .failed(let code, let message):
      .jobFailed(step: job.step, visit: job.visit, attempt: job.attempt, code: code, message: message)
    }
  }

  func action(for delivery: Delivery) -> Command.Action {
    switch self {
    case .done: .delivered(id: delivery.id)
    case .failed(let code, let message): .deliveryFailed(id: delivery.id, code: code, message: message)
    }
  }
}
