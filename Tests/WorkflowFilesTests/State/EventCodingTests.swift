import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Events as lines of a timeline")
struct EventCodingTests {
  private static let prefix = #"{"n": 7, "at": "2026-11-22T10:00:00.123Z", "event": "#

  @Test("every event has the bytes of format 1, and reads back", arguments: EventExamples.all.indices)
  func golden(index: Int) throws {
    let (event, expected) = EventExamples.all[index]
    let entry = Entry(number: 7, at: EventExamples.at, event: event)
    #expect(String(decoding: entry.line, as: UTF8.self) == Self.prefix + expected)
    #expect(try Entry(line: entry.line) == entry)
  }

  @Test("the examples show every kind of event")
  func examplesAreComplete() {
    #expect(Set(EventExamples.all.map(\.0.kind)) == Set(EventKind.allCases))
  }

  @Test("random events read back as they were", arguments: 0..<40)
  func roundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for number in 1...50 {
      let entry = Entry(number: number, at: random.instant(), event: random.event())
      #expect(try Entry(line: entry.line) == entry)
    }
  }

  @Test("an unknown event is refused by name and place")
  func unknownEvent() {
    let line = Array((Self.prefix + #""teleported", "step": "x"}"#).utf8)
    #expect(throws: RecordError(.unknownEvent("teleported"), line: 1, column: 53)) { try Entry(line: line) }
  }

  @Test("an unknown word and an unknown field are refused")
  func unknownWords() {
    let word = Array((Self.prefix + #""escalated", "step": "a", "visit": 1, "index": 0, "action": "shout"}"#).utf8)
    #expect(throws: RecordError(.unknownKind(field: "action", value: "shout"), line: 1, column: 113)) {
      try Entry(line: word)
    }
    let field = Array((Self.prefix + #""frame-closed", "frame": 3, "mood": "good"}"#).utf8)
    #expect(throws: RecordError(.expected("'}'"), line: 1, column: 79)) { try Entry(line: field) }
  }

  @Test("hostile lines are errors, never crashes", arguments: 0..<60)
  func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for (event, _) in EventExamples.all {
      var line = Entry(number: 7, at: EventExamples.at, event: event).line
      random.damage(&line)
      _ = try? Entry(line: line)
    }
  }

  @Test("nesting without end is refused")
  func depth() {
    let line = Array((Self.prefix + #""completed", "outcome": "x", "output": {"a": "#).utf8)
    let deep = line + Array(repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: RecordError.self) { try Entry(line: deep) }
  }
}
