package import WorkflowEngine

/// One event in plain English, for `writ log`, pages and approval files: handles and ids as they are, no full stop.
/// All the wording is here. Sentences may tell reasons and messages, so they never stand in a commit's subject.
package func sentence(for event: Event, in instance: Instance) -> String {
  switch event {
  case .started(let started):
    (started.caller.map { "\($0.instance) started" } ?? "\(started.by) started")
      + " \(quoted(started.title)), version \(started.version)" + (started.caller == nil ? "" : ", for \(started.by)")
  case .entered(let step, let visit, _): "Reached \(quoted(step))" + again(visit)
  case .taskOpened(let opened):
    "\(quoted(opened.step)) was given to \(listed(opened.pool, or: "nobody"))" + due(opened.due)
  case .levelOpened(let opened): asking(opened)
  case .levelSkipped(let step, _, let level): "\(whole(step, level)) was not needed"
  case .jobOpened(let opened): "\(quoted(opened.step)) was handed to \(opened.uses)"
  case .waitOpened(let opened): waiting(opened)
  case .decided(let decided): deciding(decided)
  case .levelClosed(let step, _, let level, let outcome): "\(whole(step, level)) was \(words(outcome))"
  case .delegated(let step, _, let seat, let by, let to): lending(step, seat, by, to)
  case .unseated(let step, _, let people):
    "\(quoted(step)) no longer asks \(listed(people, or: "nobody")), who left the selection"
  case .superseded(let step, _): "What \(quoted(step)) had shown changed, so everybody is asked anew"
  case .attemptFailed(let failed): failing(failed)
  case .redelivered(let step, _): "The runner had ended in mid-work, so \(quoted(step)) was handed out again"
  case .left(let left): leaving(left)
  case .forked(let forked): "\(quoted(forked.step)) went on in \(branches(forked.branches.map(\.to)))"
  case .eachOpened(let opened):
    "\(quoted(opened.step)) began for \(opened.items.count == 1 ? "one item" : "\(opened.items.count) items")"
  case .itemEntered(let step, let visit, _, _): "Reached \(quoted(step)) for the next item (visit \(visit))"
  case .itemEnded(let ended): ending(ended)
  case .gathered(let step, _, _, _, let cancelled):
    "\(quoted(step)) gathered its items" + cancelling(cancelled)
  case .arrived(let step, _): "A branch arrived at \(quoted(step))"
  case .joined(let step, _, _, _, let cancelled): "\(quoted(step)) joined its branches" + cancelling(cancelled)
  case .frameClosed: "All branches ended"
  case .frameLeft(0, _, let to, let cancelled): "All that went on was left for \(quoted(to))" + cancelling(cancelled)
  case .frameLeft(_, _, let to, let cancelled): "The branches were left for \(quoted(to))" + cancelling(cancelled)
  default: sentenceBeside(event, in: instance)
  }
}

/// Events beside the movement of tokens.
private func sentenceBeside(_ event: Event, in instance: Instance) -> String {
  switch event {
  case .escalated(let escalated): escalating(escalated)
  case .notified(let delivery): "\(listed(delivery.to, or: "Nobody")) will be told: \(quoted(delivery.subject))"
  case .delivered(let id): "Message \(id) was delivered"
  case .deliveryFailed(let id, let code, let message, let next):
    "Message \(id) could not be delivered (\(code): \(message)); "
      + (next.map { "the next attempt is at \($0)" } ?? "there is no further attempt")
  case .incident(let opened): "\(quoted(opened.step)) needs an operator: \(opened.message) (\(opened.code))"
  case .reopened(let step, _, let by, let reason):
    "\(by) had \(quoted(step)) asked anew, of those who are selected now" + because(reason)
  case .questionAsked(let asked): asking(asked)
  case .questionAnswered(let answered):
    "\(answered.by) answered question \(answered.number) at \(quoted(answered.step)): \(answered.text)"
  case .retried(let step, _, let by, let reason): "\(by) had \(quoted(step)) tried again" + because(reason)
  case .commented(let by, let text, let step): "\(by) remarked" + (step.map { " on \(quoted($0))" } ?? "") + ": \(text)"
  case .late(let job, let outcome): "The result of \(job) (\(outcome)) came late and changed nothing"
  case .callOpened(let opened):
    "\(quoted(opened.step)) calls \(opened.workflow), version \(opened.version)"
  case .childStarted(let step, _, let child): "\(quoted(step)) started \(child) and waits for it"
  case .expired(let to, _, let cancelled):
    "The time of \(instance.id) was up, so it went on with \(quoted(to))" + cancelling(cancelled)
  case .overdue(_, let action, let people): overdue(action, people, instance)
  case .undoNoted(let noted): "Visit \(noted.visit) of \(quoted(noted.step)) can be taken back"
  case .undoBegun(let undoing):
    (undoing.by.map { "\($0) gave \(instance.id) up" } ?? "The process ends") + because(undoing.reason)
      + "; what it has done is taken back first"
  case .undoOpened(let step, _, _, let undoes): "Visit \(undoes) of \(quoted(step)) is being taken back"
  case .undone(let step, _, let undoes, let by, let reason):
    by.map { "\($0) left visit \(undoes) of \(quoted(step)) as it is" + because(reason) }
      ?? "Visit \(undoes) of \(quoted(step)) was taken back"
  case .suspended(let by, let reason): "\(by) suspended \(instance.id)" + because(reason)
  case .resumed(let by, let reason): "\(by) let \(instance.id) go on" + because(reason)
  case .cancelled(let by, let reason): "\(by) cancelled \(instance.id)" + because(reason)
  case .completed(let outcome, _):
    "\(instance.id) is complete" + (outcome == "completed" ? "" : " with the outcome \(quoted(outcome))")
  case .listened(let listened): listening(listened)
  case .received(let received): receiving(received)
  case .stateOpened(let opened): offering(opened)
  case .stayed(let stayed): "\(stayed.by) made the move \(quoted(stayed.move)) in \(quoted(stayed.step)), and it stays"
  case .sideBegun(let side): "\(quoted(side.to)) began beside it"
  case .migrated(let migrated): migrating(migrated)
  default: event.headline
  }
}

// MARK: People

private func asking(_ opened: LevelOpened) -> String {
  let asked = opened.pool.map { $0.holder == $0.person ? $0.person : "\($0.holder) for \($0.person)" }
  let without = opened.excluded.map { "\($0.person) (\($0.because))" }
  return "\(whole(opened.step, opened.name)) asks \(listed(asked, or: "nobody"))"
    + (without.isEmpty ? "" : "; excluded: \(without.joined(separator: ", "))") + due(opened.due)
}

private func asking(_ asked: QuestionAsked) -> String {
  "\(asked.by) asked \(asked.to) before deciding on \(part(asked.step, asked.level)), question \(asked.number): \(asked.text)"
}

private func deciding(_ decided: Decided) -> String {
  "\(decided.by) \(decided.verdict.past) \(part(decided.step, decided.level))"
    + (decided.actingFor.map { " in the place of \($0)" } ?? "") + because(decided.reason)
}

private func lending(_ step: StepID, _ seat: PersonID, _ by: PersonID, _ to: PersonID?) -> String {
  let owner = by == seat ? "" : " of \(seat)"
  return to.map { "\(by) lent the seat\(owner) in \(quoted(step)) to \($0)" }
    ?? "\(by) took the seat\(owner) in \(quoted(step)) back"
}

private func escalating(_ escalated: Escalated) -> String {
  let people = listed(escalated.people, or: "nobody")
  return switch escalated.action {
  case .remind: "\(people) \(escalated.people.count == 1 ? "was" : "were") reminded of \(quoted(escalated.step))"
  case .add:
    "\(quoted(escalated.step)) took long, so \(people) \(escalated.people.count == 1 ? "is" : "are") asked as well"
  case .handOver: "\(quoted(escalated.step)) took long, so it was handed over to \(people)"
  }
}

private func overdue(_ action: Escalated.Action, _ people: [PersonID], _ instance: Instance) -> String {
  let were = people.count < 2 ? "was" : "were"
  return switch action {
  case .remind: "\(instance.id) takes long, so \(listed(people, or: "nobody")) \(were) reminded"
  case .add: "\(instance.id) takes long, so \(listed(people, or: "nobody")) \(were) asked as well"
  case .handOver: "\(instance.id) takes long, so it was handed over to \(listed(people, or: "nobody"))"
  }
}

private func leaving(_ left: Left) -> String {
  let how = left.outcome == "done" ? "finished" : "ended as \(quoted(left.outcome))"
  return switch left.by {
  case let by? where left.outcome == "done": "\(by) finished \(quoted(left.step))" + because(left.reason)
  case let by?: "\(by) ended \(quoted(left.step)) as \(quoted(left.outcome))" + because(left.reason)
  case nil: "\(quoted(left.step)) \(how)" + because(left.reason)
  }
}

private func ending(_ ended: ItemEnded) -> String {
  let what = "\(quoted(ended.step)) for an item" + (ended.outcome == "done" ? "" : " as \(quoted(ended.outcome))")
  return (ended.by.map { "\($0) finished \(what)" } ?? "Finished \(what)") + because(ended.reason)
}

// MARK: Machines

private func waiting(_ opened: WaitOpened) -> String {
  let message = opened.event.map { "the message \(quoted($0))" }
  let until = opened.timers.first { $0.purpose == .wait }.map { "until \($0.at)" }
  let what = [message.map { "for \($0)" }, until].compactMap { $0 }
  return "\(quoted(opened.step)) waits" + (what.isEmpty ? "" : " " + what.joined(separator: ", or "))
}

private func failing(_ failed: AttemptFailed) -> String {
  "Attempt \(failed.attempt) of \(quoted(failed.step)) failed (\(failed.code): \(failed.message)); "
    + (failed.retryAt.map { "the next is at \($0)" } ?? "there is no further attempt")
}

private func offering(_ opened: StateOpened) -> String {
  let moves = opened.offers.map { offer in
    "\(quoted(offer.move)) (\(offer.pool.map { listed($0, or: "nobody") } ?? "by the event"))"
  }
  return "\(quoted(opened.step)) offers \(listed(moves, or: "no move"))" + due(opened.due)
}

private func listening(_ listened: Listened) -> String {
  let names = listened.channels.map { quoted($0.event) }
  return "\(listened.visit.map { quoted($0.step) } ?? "The instance") also listens for \(listed(names, or: "nothing"))"
}

private func receiving(_ received: Received) -> String {
  let about = received.key.map { " about \(quoted($0))" } ?? ""
  let origin = received.source.map { " from \($0)" } ?? ""
  return "\(received.by) sent the message \(quoted(received.event))\(about)\(origin)"
    + (received.visit.map { "; \(quoted($0.step)) had waited for it" } ?? "")
}

private func migrating(_ migrated: Migrated) -> String {
  let passed = migrated.passed.map(quoted)
  let anew = migrated.reopened.map { quoted(migrated.place(of: $0.step)) }
  return "\(migrated.by) moved it on to version \(migrated.version)" + (migrated.workflow.map { " of \($0)" } ?? "")
    + because(migrated.reason)
    + (passed.isEmpty ? "" : ", past \(listed(passed, or: "")), as its file allows")
    + (anew.isEmpty ? "" : "; \(listed(anew, or: "")) \(anew.count == 1 ? "opens" : "open") anew")
    + (migrated.cancelled.isEmpty ? "" : ";" + cancelling(migrated.cancelled).dropFirst(4))
}

// MARK: Parts of speech

private func quoted(_ name: String) -> String { "'\(name)'" }

/// `not_needed` as people say it.
private func words(_ outcome: Outcome) -> String { outcome.split(separator: "_").joined(separator: " ") }

/// A level that stands alone is named after its step, and then the step is enough.
private func part(_ step: StepID, _ level: String) -> String {
  level == step ? quoted(step) : "the level \(quoted(level)) of \(quoted(step))"
}

private func whole(_ step: StepID, _ level: String) -> String {
  level == step ? quoted(step) : "The level \(quoted(level)) of \(quoted(step))"
}

private func again(_ visit: Int) -> String { visit > 1 ? " for the \(ordinal(visit)) time" : "" }

private func ordinal(_ number: Int) -> String {
  switch (number % 100, number % 10) {
  case (11...13, _): "\(number)th"
  case (_, 1): "\(number)st"
  case (_, 2): "\(number)nd"
  case (_, 3): "\(number)rd"
  default: "\(number)th"
  }
}

private func because(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }

private func due(_ instant: (some CustomStringConvertible)?) -> String { instant.map { "; due \($0)" } ?? "" }

private func cancelling(_ visits: [VisitID]) -> String {
  visits.isEmpty ? "" : " and cancelled \(listed(visits.map { quoted($0.step) }, or: ""))"
}

private func branches(_ steps: [StepID]) -> String {
  steps.count == 1 ? "one branch, \(quoted(steps[0]))" : "\(steps.count) branches: \(listed(steps.map(quoted), or: ""))"
}

/// `alice`, `alice and bob`, `alice, bob and carol`
private func listed(_ names: [String], or none: String) -> String {
  switch names.count {
  case 0: none
  case 1: names[0]
  default: names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }
}
