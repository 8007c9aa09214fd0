extension Library {
  static let times: [Function] =
    [
      Function("timestamp(string) -> timestamp", "timestamp(timestamp) -> timestamp", "timestamp(int) -> timestamp") {
        arguments, _ throws(Failure) in
        switch arguments[0] {
        case .timestamp: return arguments[0]
        case .int(let seconds): return .timestamp(try Operators.inRange(Timestamp(seconds: seconds)))
        case .string(let text):
          guard let timestamp = Timestamp(rfc3339: text) else {
            throw Failure(
              .argument, "'\(text.shortened)' is not a timestamp such as 2026-11-22T10:00:00Z, years 0001 to 9999")
          }
          return .timestamp(timestamp)
        default: return nil
        }
      },
      Function("duration(string) -> duration", "duration(duration) -> duration") { arguments, _ throws(Failure) in
        switch arguments[0] {
        case .duration: return arguments[0]
        case .string(let text):
          guard let duration = Duration(cel: text) else {
            throw Failure(.argument, "'\(text.shortened)' is not a duration such as 1h30m, up to 292 years")
          }
          return .duration(duration)
        default: return nil
        }
      },
      part("getFullYear") { $0.date.year },
      part("getMonth") { $0.date.month - 1 },
      part("getDate") { $0.date.day },
      part("getDayOfMonth") { $0.date.day - 1 },
      part("getDayOfWeek") { ($0.date.weekday + 1) % 7 },
      part("getDayOfYear") { $0.date.dayOfYear - 1 },
      part("getHours", duration: { $0 / 3_600_000_000_000 }) { $0.second / 3600 },
      part("getMinutes", duration: { $0 / 60_000_000_000 }) { $0.second / 60 % 60 },
      part("getSeconds", duration: { $0 / 1_000_000_000 }) { $0.second % 60 },
      part("getMilliseconds", duration: { $0 / 1_000_000 % 1000 }) { $0.nanoseconds / 1_000_000 },
    ]

  /// What a wall clock shows.
  private struct WallClock {
    let date: CivilDate
    let second: Int
    let nanoseconds: Int
  }

  /// A part of a timestamp, in UTC or a named zone; of a duration (in nanoseconds), if there is one.
  private static func part(
    _ name: String, duration: (@Sendable (Int64) -> Int64)? = nil, _ part: @escaping @Sendable (WallClock) -> Int
  ) -> Function {
    var signatures = ["(timestamp).\(name)() -> int", "(timestamp).\(name)(string) -> int"]
    if duration != nil { signatures.append("(duration).\(name)() -> int") }
    return Function(signatures) { arguments, frame throws(Failure) in
      switch arguments[0] {
      case .timestamp(let timestamp):
        var offset = 0
        if arguments.count == 2 {
          guard case .string(let zone) = arguments[1] else { return nil }
          offset = try frame.rules(of: zone).offset(at: timestamp)
        }
        return .int(Int64(part(wallClock(timestamp, offset))))
      case .duration(let value):
        guard let duration, arguments.count == 1, let nanoseconds = value.celNanoseconds else { return nil }
        return .int(duration(nanoseconds))
      default: return nil
      }
    }
  }

  private static func wallClock(_ timestamp: Timestamp, _ offset: Int) -> WallClock {
    let seconds = timestamp.seconds + Int64(offset)
    let day = seconds.floorDivided(by: 86_400)
    return WallClock(
      date: CivilDate(daysSinceEpoch: Int(day)), second: Int(seconds - day * 86_400),
      nanoseconds: Int(timestamp.nanoseconds))
  }
}

extension Frame {
  fileprivate func rules(of zone: String) throws(Failure) -> ZoneRules {
    guard let rules = ZoneRules(fixed: zone) ?? zones(zone) else {
      throw Failure(.argument, "no time zone is named '\(zone.shortened)': write Europe/Berlin, UTC or +02:00")
    }
    return rules
  }
}
