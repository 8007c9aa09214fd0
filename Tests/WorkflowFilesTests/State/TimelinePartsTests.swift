import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Parts of a timeline, and values in files of their own")
struct TimelinePartsTests {
  private static let id = InstanceExample.instance.id

  private static func entries(_ count: Int, text: String = "x") -> [Entry] {
    (1...count).map { Entry(number: $0, at: EventExamples.at, event: .commented(by: "bob", text: text, step: nil)) }
  }

  /// The files after all entries, added so many at a time.
  private static func files(_ entries: [Entry], by size: Int) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    let main = StateLayout.head(id)
    for start in stride(from: 0, to: entries.count, by: size) {
      let batch = Array(entries[start..<min(start + size, entries.count)])
      var instance = InstanceExample.instance
      instance.events = batch.last?.number ?? 0
      for change in try InstanceFile.update(files[main], adding: batch, giving: instance) {
        files[change.path] = change.bytes
      }
    }
    return files
  }

  @Test("32 events fill a part; it names the one before by number and digest")
  func byCount() throws {
    let files = try Self.files(Self.entries(70), by: 10)
    let first = try #require(files["instances/4x/expense-approval-42.p1.yaml"])
    let second = try #require(files["instances/4x/expense-approval-42.p2.yaml"])
    #expect(files.count == 3)
    #expect(try PartFile(first).entries.map(\.number) == Array(1...32))
    #expect(try PartFile(second).entries.map(\.number) == Array(33...64))
    #expect(try PartFile(second).before.digest == Hex.sha256(first))
    let head = try InstanceFile.readHead(try #require(files[StateLayout.head(Self.id)]))
    #expect(head.before.events == 64)
    #expect(head.before.parts == 2)
    #expect(head.before.digest == Hex.sha256(second))
    let main = try #require(files[StateLayout.head(Self.id)])
    #expect(try InstanceFile.readTimeline(main).map(\.number) == Array(65...70))
  }

  @Test("8 KiB fill a part too")
  func bySize() throws {
    let files = try Self.files(Self.entries(10, text: String(repeating: "ü", count: 1500)), by: 1)
    let first = try #require(files["instances/4x/expense-approval-42.p1.yaml"])
    #expect(try PartFile(first).entries.count == 2)
  }

  @Test("the same events give the same files, however they were batched", arguments: [1, 7, 32, 33, 200])
  func batching(size: Int) throws {
    var entries = Self.entries(100)
    entries[50].event = .completed(outcome: "x", output: ["body": .string(String(repeating: "y", count: 5000))])
    let files = try Self.files(entries, by: size)
    #expect(try files == Self.files(entries, by: 3))
  }

  @Test("a value over 4 KiB has a file of its own, once, and reads back through it")
  func largeValue() throws {
    let letter: Value = .string(String(repeating: "Dear Sir ", count: 600))
    var instance = InstanceExample.instance
    instance.vars["letter"] = letter
    instance.input["letter"] = letter
    let entry = Entry(
      number: 9, at: EventExamples.at,
      event: .left(Left(step: "write", visit: 1, token: 1, outcome: "done", output: ["letter": letter], to: "read")))
    let changes = try InstanceFile.update(nil, adding: [entry], giving: instance)
    #expect(changes.map(\.path) == ["instances/4x/expense-approval-42.v9.json", StateLayout.head(Self.id)])
    let digest = Hex.sha256(changes[0].bytes)
    #expect(try StoredValues.value(of: changes[0].bytes) == letter)
    let main = changes[1].bytes
    #expect(main.count < 4096)
    #expect(String(decoding: main, as: UTF8.self).contains(#""output": {"letter": {"$value": "sha256-\#(digest)"}}"#))

    let head = try InstanceFile.readHead(main) { $0 == digest ? letter : nil }
    #expect(head.instance == instance)
    #expect(head.values.files == [StoredValues.File(event: 9, index: 1, digest: digest, size: changes[0].bytes.count)])
    #expect(try InstanceFile.readTimeline(main) { $0 == digest ? letter : nil } == [entry])
    #expect(throws: RecordError.self) { try InstanceFile.readHead(main) }
    #expect(try InstanceFile.readFoot(main).values == head.values)

    let later = Entry(number: 10, at: EventExamples.at, event: .completed(outcome: "x", output: ["again": letter]))
    #expect(try InstanceFile.update(main, adding: [later], giving: instance).count == 1)
  }

  @Test("more than 1 MiB of values in one instance is refused")
  func tooMuch() throws {
    let big: Value = .string(String(repeating: "x", count: 700_000))
    let other: Value = .string(String(repeating: "y", count: 700_000))
    let entry = Entry(number: 1, at: EventExamples.at, event: .completed(outcome: "x", output: ["a": big, "b": other]))
    #expect(throws: RecordError.self) {
      try InstanceFile.update(nil, adding: [entry], giving: InstanceExample.instance)
    }
  }
}
