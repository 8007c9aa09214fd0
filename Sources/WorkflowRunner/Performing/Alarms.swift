import CEL
package import Logging
package import ServiceLifecycle
package import WorkflowEngine
import WorkflowFiles

/// Tells operators what does not go on without them: a rewritten inbox, a commit that was not deployed.
///
/// An alarm belongs to no instance, so it is in no record: it stands as long as what it tells of does, is told once by each run
/// of the server, and tried again until the channel takes it.
package struct Alarms: Service {
  let runner: Runner
  let intake: Intake
  let performer: any Performer
  let logger: Logger

  package init(runner: Runner, intake: Intake, performer: any Performer, logger: Logger) {
    (self.runner, self.intake, self.performer, self.logger) = (runner, intake, performer, logger)
  }

  package func run() async {
    var round = Round()
    for await _ in pulse(every: .seconds(10)).cancelOnGracefulShutdown() { await tell(&round) }
  }

  /// What was told, and when the rest is tried again.
  struct Round {
    fileprivate var told: Set<String> = []
    fileprivate var failures: [String: Int] = [:]
    fileprivate var notBefore: [String: Timestamp] = [:]
  }

  /// Tells what stands and was not told. What has ended is forgotten: it may come again.
  func tell(_ round: inout Round) async {
    let alarms = standing
    let ids = Set(alarms.map(\.id))
    round.told.formIntersection(ids)
    round.failures = round.failures.filter { ids.contains($0.key) }
    let (policy, now) = (runner.policy(), runner.clock())
    guard let operators = policy.settings.alarms else { return }
    let people = policy.people.people.values.filter { !$0.isRevoked && policy.selects(operators.to, $0.id, owner: nil) }
      .sorted { $0.id < $1.id }
    for alarm in alarms where !round.told.contains(alarm.id) && round.notBefore[alarm.id, default: now] <= now {
      let delivery = Delivery(
        id: alarm.id, step: "alarm", to: people.map(\.id), channel: operators.channel, subject: alarm.subject,
        body: alarm.body)
      switch await performer.deliver(delivery, to: people, about: nil, settings: policy.settings) {
      case .done: round.told.insert(alarm.id)
      case .failed(let code, let message):
        let failures = round.failures[alarm.id, default: 0] + 1
        round.failures[alarm.id] = failures
        round.notBefore[alarm.id] = now.adding(.seconds(min(10 << min(failures, 6), 600)))
        logger.error("an alarm was not taken by '\(operators.channel)': \(code): \(message)")
      }
    }
  }

  private struct Alarm {
    /// The same as long as it is about the same.
    var id: String
    var subject: String
    var body: String
  }

  private var standing: [Alarm] {
    let deployment = runner.snapshot.deployment
    var alarms: [Alarm] = []
    if let rewrite = intake.rewrite {
      let (words, remedy) = rewrite.alarm(remote: deployment.settings.remote)
      alarms.append(
        Alarm(id: "alarm.inbox.\(rewrite.to)", subject: "Decisions are not taken in", body: "\(words)\n\(remedy)"))
    }
    if let last = deployment.reports.first, !last.isDeployed {
      let lines = ["\(last.commit.prefix(12)) by \(last.by): \(last.subject)"] + last.findings.prefix(5)
      alarms.append(
        Alarm(
          id: "alarm.deploy.\(last.commit)", subject: "A commit was not deployed",
          body: lines.joined(separator: "\n")))
    }
    return alarms
  }
}
