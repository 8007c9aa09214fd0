import CEL
import Foundation

/// Times as people say them: `2 h ago`, `in 3 d`.
struct TimeWords {
  var now: Timestamp

  static var current: TimeWords { TimeWords(now: Timestamp.current) }

  func relative(_ instant: Timestamp) -> String {
    let seconds = instant.seconds - now.seconds
    let length = Self.length(seconds.magnitude)
    if seconds.magnitude < 30 { return seconds > 0 ? "in a moment" : "just now" }
    return seconds > 0 ? "in \(length)" : "\(length) ago"
  }

  /// `due in 2 h`, `3 d late`.
  func due(_ instant: Timestamp) -> String {
    instant < now ? "\(Self.length((now.seconds - instant.seconds).magnitude)) late" : "due \(relative(instant))"
  }

  /// The largest unit that fits, rounded down.
  static func length(_ seconds: UInt64) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3_600: "\(seconds / 60) min"
    case ..<86_400: "\(seconds / 3_600) h"
    case ..<(60 * 86_400): "\(seconds / 86_400) d"
    default: "\(seconds / (30 * 86_400)) months"
    }
  }

  /// `2026-11-22 10:05` in the zone of this machine.
  static func moment(_ instant: Timestamp) -> String {
    var time = time_t(instant.seconds)
    var parts = tm()
    localtime_r(&time, &parts)
    return String(
      format: "%04d-%02d-%02d %02d:%02d", Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday),
      Int(parts.tm_hour), Int(parts.tm_min))
  }
}

extension Timestamp {
  /// The wall clock: read here, in the composition root, and nowhere else.
  static var current: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
