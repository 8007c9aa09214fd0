import CEL
package import Logging
package import ServiceLifecycle
package import WorkflowEngine
import WorkflowFiles

/// Tells operators what does not go on without them: a rewritten inbox, a commit that was not deployed, a mirror that does
/// not take the record, a record that somebody else wrote to.
///
/// An alarm belongs to no instance, so it is in no record: it stands as long as what it tells of does, is told once by each run
/// of the server, and tried again until the channel takes it.
package struct Alarms: Service {
  let runner: Runner
  let intake: Intake
  let mirror: Mirror
  let performer: any Performer
  let logger: Logger

  package init(runner: Runner, intake: Intake, mirror: Mirror, performer: any Performer, logger: Logger) {
    (self.runner, self.intake, self.mirror) = (runner, intake, mirror)
    (self.performer, self.logger) = (performer, logger)
  }

  package func run() async {
    var round = Round()
    for await _ in pulse(every: .seconds(10)).cancelOnGracefulShutdown() { await tell(&round) }
  }

  /// What became of each alarm that stands.
  struct Round {
    fileprivate var attempts: [String: Attempt] = [:]

    fileprivate enum Attempt {
      case told
      case failed(times: Int, next: Timestamp)
    }
  }

  /// Tells what stands and was not told. What has ended is forgotten: it may come again.
  func tell(_ round: inout Round) async {
    let alarms = standing
    let ids = Set(alarms.map(\.id))
    round.attempts = round.attempts.filter { ids.contains($0.key) }
    let (policy, now) = (runner.policy(), runner.clock())
    guard let operators = policy.settings.alarms else { return }
    let people = policy.people.people.values.filter { !$0.isRevoked && policy.selects(operators.to, $0.id, owner: nil) }
      .sorted { $0.id < $1.id }
    for alarm in alarms {
      var failures = 0
      switch round.attempts[alarm.id] {
      case .told: continue
      case .failed(_, let next) where next > now: continue
      case .failed(let times, _): failures = times
      case nil: break
      }
      let delivery = Delivery(
        id: alarm.id, step: "alarm", to: people.map(\.id), channel: operators.channel, subject: alarm.subject,
        body: "\(alarm.words)\n\(alarm.remedy)")
      switch await performer.deliver(delivery, to: people, about: nil, settings: policy.settings) {
      case .done: round.attempts[alarm.id] = .told
      case .failed(let code, let message):
        failures += 1
        round.attempts[alarm.id] = .failed(
          times: failures, next: now.adding(.seconds(min(10 << min(failures, 6), 600))))
        logger.error("an alarm was not taken by '\(operators.channel)': \(code): \(message)")
      }
    }
  }

  private var standing: [Alarm] {
    var alarms = runner.alarms(intake, mirror)
    if let last = runner.snapshot.deployment.reports.first, !last.isDeployed {
      alarms.append(
        Alarm(
          id: "alarm.deploy.\(last.commit)", subject: "A commit was not deployed",
          words: "\(last.commit.prefix(12)) by \(last.by): \(last.subject)",
          remedy: last.findings.prefix(5).joined(separator: "\n")))
    }
    return alarms
  }
}
