import CEL
package import WorkflowEngine

extension Case {
  /// What an event meant, for the person who reads the page: names instead of handles, titles instead of ids, and `you`.
  package func line(for entry: Entry, _ reader: Reader) -> TimelineLine {
    let (words, tone) = told(entry.event, reader)
    return TimelineLine(number: entry.number, at: entry.at, words: words.capitalized.sentence, tone: tone)
  }

  /// The timeline as a story: without the events that only say again what the one before them meant.
  package func story(of entries: [Entry], _ reader: Reader) -> [TimelineLine] {
    var lines: [TimelineLine] = []
    for (index, entry) in entries.enumerated() {
      if !Self.repeats(
        entry.event, after: index > 0 ? entries[index - 1].event : nil,
        before: entries.dropFirst(index + 1).first?.event)
      {
        lines.append(line(for: entry, reader))
      }
    }
    return lines
  }

  private static func repeats(_ event: Event, after: Event?, before: Event?) -> Bool {
    switch (event, after, before) {
    case (.entered, _, .taskOpened?), (.entered, _, .levelOpened?), (.entered, _, .jobOpened?),
      (.entered, _, .waitOpened?):
      true
    case (.entered, _, .left?), (.entered, _, .forked?), (.entered, _, .incident?), (.entered, _, .notified?): true
    case (.levelClosed, .decided?, _), (.left, .levelClosed?, _), (.delivered, _, _), (.left, _, .completed?): true
    default: false
    }
  }

  private func told(_ event: Event, _ reader: Reader) -> (String, TimelineLine.Tone) {
    switch event {
    case .started(let started): ("\(reader.you(started.by)) started \(started.title)", .plain)
    case .entered(let step, let visit, _):
      ("went on to \(name(step))\(visit > 1 ? " for the \(visit). time" : "")", .faint)
    case .taskOpened(let opened): ("asked \(reader.names(of: opened.pool)): \(name(opened.step))", .plain)
    case .levelOpened(let opened):
      (
        "asked \(reader.names(of: opened.pool.map(\.holder))) to decide: \(name(opened.step))"
          + level(opened.name, opened.step), .plain
      )
    case .levelSkipped(let step, _, let level): ("\(name(step)): the level ‘\(level.asWords)’ was not needed", .faint)
    case .jobOpened(let opened): ("\(name(opened.step)) began (\(opened.uses))", .faint)
    case .waitOpened(let opened): ("waits at \(name(opened.step))", .plain)
    case .decided(let decided): self.decided(decided, reader)
    case .levelClosed(let step, _, let level, let outcome):
      ("\(name(step))\(self.level(level, step)): \(outcome.asWords)", outcome == "rejected" ? .bad : .faint)
    case .delegated(_, _, let seat, let by, let to):
      (
        to.map { "\(reader.you(by)) lent the seat of \(reader.name(of: seat)) to \(reader.you($0))" }
          ?? "\(reader.you(by)) took the seat of \(reader.name(of: seat)) back", .plain
      )
    case .unseated(let step, _, let people):
      ("\(name(step)) no longer asks \(reader.names(of: people)), who left the selection", .plain)
    case .questionAsked(let asked):
      ("\(reader.you(asked.by)) asked \(reader.you(asked.to)) about \(name(asked.step)): “\(asked.text)”", .plain)
    case .questionAnswered(let answered):
      ("\(reader.you(answered.by)) answered: “\(answered.text)”", .plain)
    case .superseded(let step, _): ("what \(name(step)) showed has changed, so it is asked anew", .plain)
    case .left(let left): self.left(left, reader)
    case .commented(let by, let text, _): ("\(reader.you(by)): “\(text)”", .plain)
    case .completed(let outcome, _): ("ended: \(outcome.asWords)", .good)
    default: beside(event, reader)
    }
  }

  /// Events beside the way of the process: services, deliveries, operators.
  private func beside(_ event: Event, _ reader: Reader) -> (String, TimelineLine.Tone) {
    switch event {
    case .attemptFailed(let failed):
      let next = failed.retryAt.map { "; tried again \(reader.moment($0))" } ?? ""
      return ("\(name(failed.step)) failed, attempt \(failed.attempt) (\(failed.code)): \(failed.message)\(next)", .bad)
    case .redelivered(let step, _):
      return ("the server had ended in mid-work, so \(name(step)) was handed out again", .faint)
    case .forked(let forked): return ("\(name(forked.step)): \(forked.branches.map { name($0.to) }.listed())", .faint)
    case .arrived(let step, _): return ("a branch reached \(name(step))", .faint)
    case .joined(let step, _, _, _, _): return ("\(name(step)): the branches came together", .faint)
    case .frameClosed: return ("all branches have ended", .faint)
    case .frameLeft(_, _, let to, _): return ("left the branches for \(name(to))", .plain)
    case .escalated(let escalated): return (self.escalated(escalated, reader), .plain)
    case .notified(let delivery): return ("told \(reader.names(of: delivery.to)): \(delivery.subject)", .plain)
    case .delivered: return ("the message was delivered", .faint)
    case .deliveryFailed(_, let code, let message, _):
      return ("the message could not be delivered (\(code)): \(message)", .bad)
    case .incident(let incident): return ("stuck at \(name(incident.step)): \(incident.message)", .bad)
    case .reopened(let step, _, let by, let reason):
      return ("\(reader.you(by)) had \(name(step)) asked anew\(why(reason))", .plain)
    case .retried(let step, _, let by, let reason) where workflow?.step(step)?.approval != nil:
      return ("\(reader.you(by)) had \(name(step)) asked anew\(why(reason))", .plain)
    case .retried(let step, _, let by, let reason):
      return ("\(reader.you(by)) had \(name(step)) tried again\(why(reason))", .plain)
    case .late(_, let outcome): return ("a result came too late to count (\(outcome.asWords))", .faint)
    case .suspended(let by, let reason): return ("\(reader.you(by)) suspended it\(why(reason))", .bad)
    case .resumed(let by, let reason): return ("\(reader.you(by)) resumed it\(why(reason))", .plain)
    case .cancelled(let by, let reason): return ("\(reader.you(by)) cancelled it\(why(reason))", .bad)
    default: return flow(event, reader)
    }
  }

  private func decided(_ decided: Decided, _ reader: Reader) -> (String, TimelineLine.Tone) {
    let verb =
      switch decided.verdict {
      case .approve: "approved"
      case .reject: "rejected"
      case .sendBack: "sent back"
      }
    let other = decided.actingFor.map { " for \(reader.name(of: $0))" } ?? ""
    let tone: TimelineLine.Tone = decided.verdict == .approve ? .good : decided.verdict == .reject ? .bad : .plain
    let words = "\(reader.you(decided.by)) \(verb) \(name(decided.step))\(level(decided.level, decided.step))\(other)"
    return (words + why(decided.reason), tone)
  }

  private func left(_ left: Left, _ reader: Reader) -> (String, TimelineLine.Tone) {
    let set = left.vars.isEmpty ? "" : "; set \(left.vars.keys.map(\.asWords).listed())"
    let done = left.outcome == "done" ? "done" : left.outcome.asWords
    let by = left.by.map { " by \(reader.you($0))" } ?? ""
    return ("\(name(left.step)): \(done)\(by)\(why(left.reason))\(set)", left.by == nil ? .faint : .plain)
  }

  private func escalated(_ escalated: Escalated, _ reader: Reader) -> String {
    let people = reader.names(of: escalated.people)
    return switch escalated.action {
    case .remind: "\(people) reminded of \(name(escalated.step))"
    case .add: "\(people) asked as well: \(name(escalated.step))"
    case .handOver: "\(name(escalated.step)) handed over to \(people)"
    }
  }

  private func name(_ step: StepID) -> String { "‘\(label(of: step))’" }

  private func level(_ level: String, _ step: StepID) -> String { level == step ? "" : " (\(level.asWords))" }

  private func why(_ reason: String?) -> String { reason.map { ": “\($0)”" } ?? "" }
}
