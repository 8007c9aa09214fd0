import CEL

/// What happened at the company in the past month: who asked for what, and how it went.
enum DemoStory {
  static let days = 27
  static let unluckyAmount = "713.40"
  static let crashingVersion = "2.10.0"
  static let unannouncedVersion = "4.2.0"

  struct Case: Sendable {
    var at: Timestamp
    var workflow: String
    var by: String
    var input: Value
    var fate: Fate
  }

  /// How the people of the company take it.
  enum Fate: Sendable {
    case smooth
    case rejected(String)
    /// Sent back once, then smooth.
    case returned(String)
    /// Whoever decides asks something first, and is answered.
    case asks(String, String)
    /// Taken back before anybody decides.
    case withdrawn(String)
    /// Nobody answers.
    case ignored
    case falseAlarm
    /// Needs a change that has to be approved.
    case change
    /// The first build does not pass; the goods come in two parts.
    case twice
  }

  /// The story begins on a morning.
  static func beginning(before now: Timestamp) -> Timestamp {
    let midnight = now.seconds - Int64(now.secondOfDay)
    return Timestamp(milliseconds: (midnight - Int64(days) * 86_400 + 7 * 3_600) * 1_000)
  }

  /// Past cases spread over working days, and fresh ones of the last day.
  static func cases(until now: Timestamp) -> [Case] {
    var chance = SeededGenerator(seed: 2_026)
    let begin = beginning(before: now).seconds
    let past = self.past
    let spread = past.enumerated().map { index, scene in
      let day = Int64(index) * Int64(days - 2) / Int64(past.count)
      let second = begin + day * 86_400 + Int64.random(in: 600..<30_000, using: &chance)
      return scene(WorkingTime.next(from: Timestamp(milliseconds: second * 1_000)))
    }
    let fresh = self.fresh.enumerated().map { index, scene in
      scene(Timestamp(milliseconds: now.milliseconds - Int64(20 - index * 2) * 3_600_000 + Int64(index) * 217_000))
    }
    return (spread + fresh).sorted { $0.at < $1.at }
  }
}

/// The hours in which people of the story answer: Monday to Friday, 7 to 16 UTC.
enum WorkingTime {
  static func next(from instant: Timestamp) -> Timestamp {
    var seconds = instant.seconds
    for _ in 0..<10 {
      // 1970-01-01 was a Thursday.
      let weekday = (seconds / 86_400 + 3) % 7
      let hour = seconds % 86_400 / 3_600
      if weekday > 4 || hour >= 16 {
        seconds = (seconds / 86_400 + 1) * 86_400 + 7 * 3_600 + seconds % 2_400
      } else if hour < 7 {
        seconds = seconds / 86_400 * 86_400 + 7 * 3_600 + seconds % 2_400
      } else {
        break
      }
    }
    return Timestamp(milliseconds: seconds * 1_000 + instant.milliseconds % 1_000)
  }
}
