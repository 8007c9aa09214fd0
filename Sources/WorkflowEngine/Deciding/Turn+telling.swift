import CEL

/// Telling people: by which channel and when. What is owed is a delivery, which the record keeps until it has arrived.
extension Turn {
  /// What a message says, and about what.
  struct Notice {
    /// Its id, and the idempotency key of its delivery.
    var id: String
    var step: StepID
    var subject: String
    var body: String
  }

  /// A message of the workflow's own: by the channel that it names, at once; else to each as they want to be told.
  mutating func tell(_ people: [PersonID], by channel: String?, _ notice: Notice) {
    if channel != nil || people.isEmpty { return owe(notice, to: people, by: channel, at: nil, part: 0) }
    for (part, group) in ways(of: people).enumerated() {
      owe(notice, to: group.people, by: group.channel, at: group.at, part: part)
    }
  }

  /// Tells people that something waits for them, and whoever covers those who are absent; nobody who has no channel.
  mutating func ask(_ people: [PersonID], _ step: Step, visit: Int) {
    let covers = people.flatMap { context.policy.covers(for: $0, at: context.now) }
    let told = (people + covers.filter { !people.contains($0) }).filter { context.policy.channel(of: $0) != nil }
    guard !told.isEmpty else { return }
    tell(
      told, by: nil,
      Notice(
        id: "\(state.id).\(step.id).\(visit).n\(state.events)", step: step.id,
        subject: "Your turn: \(step.label)",
        body: "\(workflow.title) (\(state.id)) waits for you.\(link)"))
  }

  /// The page of the instance. It shows, to those who may see it, and decides nothing: opening it is without danger.
  var link: String { context.policy.settings.url.map { "\n\($0)/instances/\(state.id)" } ?? "" }

  private mutating func owe(_ notice: Notice, to people: [PersonID], by channel: String?, at: Timestamp?, part: Int) {
    let id = part == 0 ? notice.id : "\(notice.id)-\(part + 1)"
    var delivery = Delivery(
      id: id, step: notice.step, to: people, channel: channel, subject: notice.subject, body: notice.body)
    delivery.notBefore = at
    emit(.notified(delivery))
  }

  private struct Way {
    var channel: String?
    var at: Timestamp?
    var people: [PersonID]
  }

  /// People by channel; those who are told later, each for themselves, so that what comes together can be one message.
  private func ways(of people: [PersonID]) -> [Way] {
    var ways: [Way] = []
    for person in people {
      let (channel, at) = (context.policy.channel(of: person), context.policy.toldLater(person, at: context.now))
      if at == nil, let index = ways.firstIndex(where: { $0.channel == channel && $0.at == nil }) {
        ways[index].people.append(person)
      } else {
        ways.append(Way(channel: channel, at: at, people: [person]))
      }
    }
    return ways
  }
}
