import CEL
import WorkflowEngine

// What events and heads have in common.

extension RecordWriter {
  mutating func field(_ name: StaticString, _ timers: [Timer]) {
    guard !timers.isEmpty else { return }
    key(name)
    write(timers)
  }

  mutating func write(_ timers: [Timer]) {
    list(timers) { writer, timer in
      writer.map { writer in
        writer.field("for", timer.purpose.word)
        if case .escalate(let index) = timer.purpose { writer.field("index", index) }
        writer.field("at", timer.at)
      }
    }
  }

  /// Labelled facts in the author's order, one pair a map: `[{Amount: "2500"}, {Category: travel}]`.
  mutating func field(_ name: StaticString, _ shown: [Shown]) {
    field(name, unlessEmpty: shown) { writer, fact in
      writer.map {
        $0.key(named: fact.label)
        $0.member(fact.value)
      }
    }
  }

  mutating func field(_ name: StaticString, _ seats: [Seat]) {
    key(name)
    list(seats) { writer, seat in
      writer.map {
        $0.field("person", seat.person)
        $0.field("because", unlessEmpty: seat.because)
        $0.field("lent-to", unlessEmpty: seat.lentTo)
      }
    }
  }

  mutating func field(_ name: StaticString, _ excluded: [Exclusion]) {
    field(name, unlessEmpty: excluded) { writer, exclusion in
      writer.map {
        $0.field("person", exclusion.person)
        $0.field("because", exclusion.because)
      }
    }
  }

  mutating func field(_ name: StaticString, _ rule: ApprovalRule) {
    key(name)
    map { writer in
      writer.key("needed")
      switch rule.needed {
      case .count(let count): writer.write(count)
      case .all: writer.write("all")
      case .eachGroup(let groups): writer.list(groups) { $0.write($1) }
      }
      if rule.rejectWhen != .any { writer.field("reject-when", rule.rejectWhen.rawValue) }
      if rule.delegates != .deputies { writer.field("delegates", rule.delegates.rawValue) }
      writer.field("assurance", ifPresent: rule.assurance?.rawValue)
    }
  }
}

extension RecordReader {
  mutating func timers() throws(RecordError) -> [Timer] {
    has("timers") ? try timerList() : []
  }

  mutating func timerList() throws(RecordError) -> [Timer] {
    try list { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in
        let purpose = try reader.purpose()
        return Timer(purpose, at: try reader.instant("at"))
      }
    }
  }

  private mutating func purpose() throws(RecordError) -> Timer.Purpose {
    try key("for")
    let place = position
    switch try text() {
    case "wait": return .wait
    case "expires": return .expires
    case "retry": return .retry
    case "escalate": return .escalate(try int("index"))
    case let other: throw error(.unknownKind(field: "timer", value: other), at: place)
    }
  }

  mutating func shown() throws(RecordError) -> [Shown] {
    try items("shown") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in
        guard let label = try reader.nextKey() else { throw reader.error(.expected("a label")) }
        return Shown(label: label, value: try reader.value())
      }
    }
  }

  mutating func seats() throws(RecordError) -> [Seat] {
    try key("pool")
    return try list { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in
        var seat = Seat(person: try reader.text("person"), because: try reader.texts(ifPresent: "because"))
        seat.lentTo = try reader.texts(ifPresent: "lent-to")
        return seat
      }
    }
  }

  mutating func exclusions() throws(RecordError) -> [Exclusion] {
    try items("excluded") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in
        Exclusion(person: try reader.text("person"), because: try reader.text("because"))
      }
    }
  }

  mutating func rule() throws(RecordError) -> ApprovalRule {
    try key("rule")
    return try map { reader throws(RecordError) in
      let needed = try reader.needed()
      return ApprovalRule(
        needed: needed, rejectWhen: reader.has("reject-when") ? try reader.word("reject-when") : .any,
        delegates: reader.has("delegates") ? try reader.word("delegates") : .deputies,
        assurance: reader.has("assurance") ? try reader.word("assurance") : nil)
    }
  }

  private mutating func needed() throws(RecordError) -> ApprovalRule.Needed {
    try key("needed")
    switch peek {
    case UInt8(ascii: "["): return .eachGroup(try list { reader throws(RecordError) in try reader.text() })
    case let byte? where byte.startsNumber: return .count(try int())
    default:
      let place = position
      let word = try text()
      guard word == "all" else { throw error(.unknownKind(field: "needed", value: word), at: place) }
      return .all
    }
  }
}

extension Timer.Purpose {
  var word: String {
    switch self {
    case .wait: "wait"
    case .expires: "expires"
    case .escalate: "escalate"
    case .retry: "retry"
    }
  }
}
