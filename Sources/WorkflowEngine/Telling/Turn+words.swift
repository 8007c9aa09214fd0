import CEL

/// What is said, in a language: words of the workflow's own, else those of the step, else Writ's.
extension Turn {
  /// - Returns: the words, and the language that they were found in.
  func words(of notice: Notice, in language: String) -> (Words, language: String) {
    let facts = facts(of: notice)
    let languages = context.policy.languages(for: language)
    let evaluation = evaluation(naming: facts)
    for language in languages {
      if let text = context.policy.text(on: notice.topic, of: workflow.name, in: language),
        let words = text.said(by: evaluation)
      {
        return (linked(words, notice), language)
      }
      guard case .occasion(let occasion) = notice.topic else { continue }
      if let words = facts.builtIn(occasion, in: language) { return (linked(words, notice), language) }
    }
    guard case .occasion(let occasion) = notice.topic else {
      return (notice.words ?? Words(workflow.title, []), context.policy.settings.language)
    }
    return (linked(facts.english(occasion), notice), "en")
  }

  /// What Writ has to say ends with the page of the instance. It shows, to those who may see it, and decides nothing:
  /// opening it is without danger.
  private func linked(_ words: Words, _ notice: Notice) -> Words {
    guard case .occasion = notice.topic, let url = context.policy.settings.url else { return words }
    var words = words
    words.sentences.append("\(url)/instances/\(state.id)")
    return words
  }

  private func evaluation(naming facts: MessageFacts) -> Evaluation {
    var evaluation = evaluation()
    evaluation.setMessage(facts)
    return evaluation
  }

  private func facts(of notice: Notice) -> MessageFacts {
    let visit = state.visits.last { $0.step == notice.step }
    return MessageFacts(
      id: state.id.description,
      [
        .workflow: workflow.title, .initiator: context.policy.name(of: state.initiator),
        .step: workflow.step(notice.step)?.label ?? workflow.title, .level: visit?.approval?.levelName,
        .since: local(visit?.since ?? state.startedAt), .due: (visit?.due ?? state.due).map(local),
        .by: notice.facts[.by], .text: notice.facts[.text],
      ])
  }

  /// `2026-11-25 17:00`, as the clock of the time zone of `writ.yaml` shows it.
  private func local(_ instant: Timestamp) -> String {
    let offset = context.policy.zones(context.policy.settings.timezone)?.offset(at: instant) ?? 0
    let wall = instant.adding(.seconds(offset))
    let (hour, minute) = (wall.secondOfDay / 3_600, wall.secondOfDay / 60 % 60)
    return "\(wall.date) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}

extension MessageFacts {
  /// `nil`: Writ has no words in the language.
  fileprivate func builtIn(_ occasion: MessageOccasion, in language: String) -> Words? {
    switch language {
    case "en": english(occasion)
    case "de": german(occasion)
    default: nil
    }
  }
}
