import CEL
import WorkflowEngine
import WorkflowFiles

/// Something that does not go on without an operator.
package struct Alarm: Sendable {
  /// The same as long as it is about the same.
  var id: String
  var subject: String
  package var words: String
  package var remedy: String
}

extension Runner {
  /// What keeps decisions or the record from where they should go; a commit that is not deployed stands with the deployments.
  ///
  /// - Parameter mirror: `nil`: there is no record in git beside it.
  package func alarms(_ intake: Intake?, _ mirror: Mirror?) -> [Alarm] {
    var alarms: [Alarm] = []
    if let rewrite = intake?.rewrite {
      let (words, remedy) = rewrite.alarm(remote: snapshot.deployment.settings.remote)
      alarms.append(
        Alarm(
          id: "alarm.inbox.\(rewrite.to)", subject: "Decisions are not taken in", words: words, remedy: remedy))
    }
    if let since = mirror?.standing?.failingSince, since.adding(Mirror.patience) <= clock() {
      alarms.append(
        Alarm(
          id: "alarm.mirror.\(since)", subject: "The mirror does not take the record",
          words: "The mirror has not taken the record since \(since).",
          remedy: "The server's log says why. Nothing is forced on the mirror; the record goes on without it."))
    }
    for tip in mirror?.foreignTips ?? [] {
      let ref = "refs/writ/foreign/\(tip)"
      alarms.append(
        Alarm(
          id: "alarm.foreign.\(tip)", subject: "Somebody moved the record's ref",
          words: "Somebody moved the record's ref. It is back, and theirs is kept as \(ref).",
          remedy: "See what they did: git -C state log \(ref)  and forget it: "
            + "git -C state -c core.hooksPath=/dev/null update-ref -d \(ref)"))
    }
    return alarms
  }
}
