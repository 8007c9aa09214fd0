import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Files of messages")
struct MessageFileTests {
  @Test("have these bytes, and are read back as they were written")
  func bytes() throws {
    let file = MessageFile(
      message: Message(
        number: 43, event: "paid", key: "o-1", source: "https://bank.example", id: "t-1", payload: ["amount": 7]),
      by: "carol", at: EventExamples.at, standing: .kept, until: EventExamples.later, instances: [])
    #expect(
      String(decoding: file.bytes, as: UTF8.self) == """
        format: 1
        number: 43
        message: paid
        key: o-1
        source: https://bank.example
        id: t-1
        by: carol
        at: 2026-11-22T10:00:00.123Z
        standing: kept
        until: 2026-11-23T10:00:00.000Z
        instances: []
        payload: {amount: 7}

        """)
    #expect(try MessageFile(file.bytes) == file)
    let brief = MessageFile(
      message: Message(number: 7, event: "paid", key: nil, source: nil, id: nil, payload: .null), by: "carol",
      at: EventExamples.at, standing: .delivered, until: nil,
      instances: [InstanceID(name: "order", number: 5), InstanceID(name: "order", number: 6)])
    #expect(try MessageFile(brief.bytes) == brief)
    #expect(throws: RecordError.self) { try MessageFile(Array(brief.bytes.dropLast(8))) }
  }

  @Test("say when something becomes of a message by itself")
  func instants() {
    var file = MessageFile(
      message: Message(number: 7, event: "paid", key: nil, source: nil, id: nil, payload: .null), by: "carol",
      at: EventExamples.at, standing: .kept, until: EventExamples.later, instances: [])
    #expect(file.nextInstant == EventExamples.later)
    file.standing = .unclaimed
    #expect(file.nextInstant == EventExamples.at.adding(MessageFile.remembered))
  }
}
