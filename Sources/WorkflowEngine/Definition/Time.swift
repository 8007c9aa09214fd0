package import CEL

/// A length of time as a file says it: elapsed, or counted on a working calendar.
package enum TimeSpan: Sendable, Hashable, CustomStringConvertible {
  case elapsed(Duration)
  case businessHours(Int)
  case businessDays(Int)

  package var description: String {
    switch self {
    case .elapsed(let duration): Self.words(seconds: duration.components.seconds)
    case .businessHours(let n): n == 1 ? "1 business hour" : "\(n) business hours"
    case .businessDays(let n): n == 1 ? "1 business day" : "\(n) business days"
    }
  }

  /// The shortest spelling of an elapsed time that the language reads: `90m`, `2d`.
  private static func words(seconds: Int64) -> String {
    for (unit, size) in [("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60)] as [(String, Int64)]
    where seconds >= size && seconds % size == 0 { return "\(seconds / size)\(unit)" }
    return "\(seconds)s"
  }
}

/// `until:` — an expression, or `{date, at, minus}`.
package enum Moment: Sendable, Hashable {
  case formula(Formula)
  /// A date (expression), a wall-clock second of the day in the workflow's time zone, moved back by `minus`.
  case date(Formula, secondOfDay: Int, minus: TimeSpan?)
}

/// Something that happens beside the work when it takes long; it never moves a token.
package struct Escalation: Sendable, Hashable {
  package enum Action: Sendable, Hashable {
    case remind
    case add([Selector])
    case handOver([Selector])
  }
  package var after: TimeSpan
  package var action: Action

  package init(after: TimeSpan, action: Action) {
    self.after = after
    self.action = action
  }
}

/// `expires: {after, then}` of a workflow.
package struct Expiry: Sendable, Hashable {
  package var after: TimeSpan
  package var then: StepID

  package init(after: TimeSpan, then: StepID) {
    self.after = after
    self.then = then
  }
}
