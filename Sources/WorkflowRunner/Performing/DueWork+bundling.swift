import CEL
import WorkflowEngine

extension Sequence<DueWork> {
  /// Puts together what was held back for the same person, on the same channel, until the same moment.
  var bundled: [DueWork] {
    var others: [DueWork] = []
    var bundles: [[DueWork.Held]] = []
    var places: [Moment: Int] = [:]
    for work in self {
      guard case .delivery(let delivery, let instance) = work, let moment = Moment(delivery) else {
        others.append(work)
        continue
      }
      let held = DueWork.Held(delivery: delivery, instance: instance)
      if let place = places[moment] {
        bundles[place].append(held)
      } else {
        places[moment] = bundles.count
        bundles.append([held])
      }
    }
    return others + bundles.map { $0.count == 1 ? .delivery($0[0].delivery, $0[0].instance) : .bundle($0) }
  }
}

/// What deliveries of one bundle have in common.
private struct Moment: Hashable {
  var channel: String?
  var person: PersonID
  var at: Timestamp

  init?(_ delivery: Delivery) {
    guard let at = delivery.notBefore, delivery.attempts == 0, delivery.to.count == 1 else { return nil }
    (channel, person, self.at) = (delivery.channel, delivery.to[0], at)
  }
}

extension [DueWork.Held] {
  /// One message that says all of it. Its id is that of the first.
  var message: Delivery {
    var message = self[0].delivery
    message.subject =
      message.language == "de"
      ? "\(count) Nachrichten, die erste: \(message.subject)" : "\(count) messages, first: \(message.subject)"
    message.body = map { "\($0.delivery.subject)\n\($0.delivery.body)" }.joined(separator: "\n\n")
    return message
  }
}
