import CEL
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
    let desk = Desk()
    await withDiscardingTaskGroup { group in
      for await _ in ticks(of: runner, every: .milliseconds(500)).cancelOnGracefulShutdown() {
        await failExpired()
        for work in takeDue() {
          guard await desk.take(work.key, width: width) else {
            let later = runner.clock().adding(.milliseconds(200))
            for number in work.numbers { runner.agenda.postpone(number, .work, to: later) }
            continue
          }
          group.addTask {
            await perform(work)
            await desk.finish(work.key)
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

  // MARK: One piece of work

  private func takeDue() -> [DueWork] { runner.agenda.takeWork(in: runner.snapshot, until: runner.clock()).bundled }

  private func perform(_ work: DueWork) async {
    let settings = runner.snapshot.deployment.settings
    switch work {
    case .job(let job) where job.uses == Owed.Job.outside: runner.jobs.offer(job)
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
    return await performer.deliver(delivery, to: people, instance: instance, settings: settings)
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

/// What is under way, so that nothing is started twice.
private actor Desk {
  private var open: Set<String> = []

  func take(_ key: String, width: Int) -> Bool {
    guard open.count < width else { return false }
    return open.insert(key).inserted
  }

  func finish(_ key: String) { open.remove(key) }
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
