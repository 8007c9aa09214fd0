import CEL

/// Telling people: by which channel and when. What is owed is a delivery, which the record keeps until it has arrived.
extension Turn {
  /// What is to be told, before it is known in which language.
  struct Notice {
    /// Its id, and the idempotency key of its delivery.
    var id: String
    var step: StepID
    var topic: MessageTopic
    /// What the topic has beside what is known of the visit: `by`, `text`.
    var facts: [MessageFacts.Name: String] = [:]
    /// The words of a notification step, said where no others are.
    var words: Words?
  }

  /// Tells each in their language: by the channel that the message names, at once; else as they want to be told.
  mutating func tell(_ people: [PersonID], by channel: String?, _ notice: Notice) {
    for (part, way) in ways(of: people, by: channel).enumerated() { owe(notice, way, part: part) }
  }

  /// Tells people that something waits for them, and whoever covers those who are absent; nobody who has no channel.
  mutating func ask(_ people: [PersonID], _ step: Step, visit: Int) {
    let covers = people.flatMap { context.policy.covers(for: $0, at: context.now) }
    let told = (people + covers.filter { !people.contains($0) }).filter { context.policy.channel(of: $0) != nil }
    guard !told.isEmpty else { return }
    tell(
      told, by: nil,
      Notice(
        id: "\(state.id).\(step.id).\(visit).n\(state.events)", step: step.id, topic: .occasion(.turn)))
  }

  private mutating func owe(_ notice: Notice, _ way: Way, part: Int) {
    let (words, language) = words(of: notice, in: way.language)
    var delivery = Delivery(
      id: part == 0 ? notice.id : "\(notice.id)-\(part + 1)", step: notice.step, to: way.people, channel: way.channel,
      subject: words.subject, body: words.sentences.joined(separator: "\n"))
    delivery.language = language == "en" ? nil : language
    delivery.notBefore = way.at
    emit(.notified(delivery))
  }

  private struct Way {
    var channel: String?
    var language: String
    var at: Timestamp?
    var people: [PersonID]
  }

  /// People by channel and language; those who are told later, each for themselves, so that what comes together can be
  /// one message.
  private func ways(of people: [PersonID], by channel: String?) -> [Way] {
    let policy = context.policy
    guard let channel else {
      return people.isEmpty
        ? [Way(channel: nil, language: policy.settings.language, at: nil, people: [])]
        : grouped(
          people.map { person in
            Way(
              channel: policy.channel(of: person), language: policy.language(of: person),
              at: policy.toldLater(person, at: context.now), people: [person])
          })
    }
    // Mail is read by each for themselves; what a chat or a program is sent is said once.
    if case .mail? = policy.settings.channels[channel], !people.isEmpty {
      return grouped(
        people.map { Way(channel: channel, language: policy.language(of: $0), at: nil, people: [$0]) })
    }
    let languages = Set(people.map(policy.language))
    let language = languages.count == 1 ? languages.first : nil
    return [Way(channel: channel, language: language ?? policy.settings.language, at: nil, people: people)]
  }

  private func grouped(_ single: [Way]) -> [Way] {
    var ways: [Way] = []
    for way in single {
      let index = ways.firstIndex { $0.channel == way.channel && $0.language == way.language && $0.at == nil }
      if way.at == nil, let index {
        ways[index].people += way.people
      } else {
        ways.append(way)
      }
    }
    return ways
  }
}
