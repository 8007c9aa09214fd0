package import CEL

extension Turn {
  mutating func reach(_ end: EndStep, _ step: Step, _ place: Place) throws(StepFailure) {
    let frame = state.tokens.first { $0.id == place.token }?.frame
    // Side tokens end by themselves; the instance waits for them.
    let isLast = end.terminate || (frame == 0 && state.tokens.count == 1)
    let output = isLast ? try finalOutput() : [:]
    emit(
      .left(
        Left(
          step: step.id, visit: place.visit, token: place.token, outcome: end.outcome ?? "done", output: .null,
          to: nil)))
    if isLast {
      conclude(outcome: end.outcome ?? "completed", output: output, takingBack: end.undo)
    } else if let frame {
      settle(frame: frame)
    }
  }

  mutating func open(_ table: TableStep, _ step: Step, _ place: Place) throws(StepFailure) {
    let evaluation = evaluation(of: step, at: place)
    for (index, row) in table.rows.enumerated() {
      if let when = row.when, try !evaluation.truth(of: when, "rows[\(index)].when") { continue }
      var values: ValueMap = [:]
      for cell in row.values {
        values[cell.name] = try evaluation.value(of: cell.value, "rows[\(index)].values.\(cell.name)").stored
      }
      return try leave(place, outcome: row.outcome ?? "done", output: .map(values))
    }
    throw StepFailure(code: "no-row", message: "no row of '\(step.id)' matches")
  }

  mutating func open(_ notification: NotificationStep, _ step: Step, _ place: Place) throws(StepFailure) {
    let evaluation = evaluation(of: step, at: place)
    let people = try resolve(notification.to, evaluation).map(\.person)
    let notice = Notice(
      id: "\(state.id).\(step.id).\(place.visit)", step: step.id, topic: .step(step.id),
      words: Words(
        try evaluation.text(of: notification.subject, "subject"), [try evaluation.text(of: notification.body, "body")]))
    tell(people, by: notification.channel, notice)
    try leave(place, outcome: "done", output: .null)
  }

  mutating func delivered(_ id: String) {
    guard state.deliveries.contains(where: { $0.id == id }) else { return }
    emit(.delivered(id: id))
  }

  /// Tries again after 10 s, 1 min, 10 min, then every hour; gives up after a day's worth.
  mutating func deliveryFailed(_ id: String, code: String, message: String) {
    guard let delivery = state.deliveries.first(where: { $0.id == id }) else { return }
    let pauses = [10, 60, 600]
    let pause = delivery.attempts < pauses.count ? pauses[delivery.attempts] : 3_600
    let retryAt = delivery.attempts < 24 ? context.now.adding(.seconds(pause)) : nil
    emit(.deliveryFailed(id: id, code: code, message: message, notBefore: retryAt))
  }
}
