import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("The file of an instance")
struct InstanceFileTests {
  @Test("a head reads like prose")
  func golden() throws {
    let changes = try InstanceFile.update(nil, adding: InstanceExample.entries, giving: InstanceExample.instance)
    #expect(changes.map(\.path) == ["instances/4x/expense-approval-42.yaml"])
    #expect(String(decoding: changes[0].bytes, as: UTF8.self) == InstanceExample.text)
  }

  @Test("the head reads back without the timeline, the timeline without the head")
  func readBack() throws {
    let bytes = Array(InstanceExample.text.utf8)
    let head = try InstanceFile.readHead(bytes)
    #expect(head.instance == InstanceExample.instance)
    #expect(head.before == InstanceFile.Before())
    #expect(try InstanceFile.readTimeline(bytes) == InstanceExample.entries)
  }

  @Test("every field of random instances reads back", arguments: 0..<60)
  func roundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let instance = random.instance()
      let entry = Entry(number: 1, at: random.instant(), event: random.event())
      let change = try #require(try InstanceFile.update(nil, adding: [entry], giving: instance).last)
      #expect(try InstanceFile.readHead(change.bytes).instance == instance)
      #expect(try InstanceFile.readTimeline(change.bytes) == [entry])
    }
  }

  @Test("hostile files are errors, never crashes", arguments: 0..<200)
  func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var bytes = Array(InstanceExample.text.utf8)
    random.damage(&bytes)
    _ = try? InstanceFile.readHead(bytes)
    _ = try? InstanceFile.readTimeline(bytes)
    _ = try? InstanceFile.update(bytes, adding: InstanceExample.entries, giving: InstanceExample.instance)
    _ = try? PartFile(bytes)
  }

  @Test("a newer format is refused before anything else is read")
  func newerFormat() {
    #expect(throws: RecordError(.newerFormat(2), line: 1)) {
      try InstanceFile.readHead(Array("format: 2\nnew: x\n".utf8))
    }
  }

  @Test("an error names its line and column")
  func place() {
    let text = InstanceExample.text.replacing("status: waiting", with: "status: dreaming")
    #expect(throws: RecordError(.unknownKind(field: "status", value: "dreaming"), line: 7, column: 9)) {
      try InstanceFile.readHead(Array(text.utf8))
    }
  }

  @Test("stock readers of YAML read it too", arguments: 0..<20)
  func isYAML(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let entry = Entry(number: 1, at: random.instant(), event: random.event())
    let instance = random.instance()
    let change = try #require(try InstanceFile.update(nil, adding: [entry], giving: instance).last)
    let document = YAMLReader.read(change.bytes, file: "e.yaml")
    #expect(document.findings.isEmpty, "\(String(decoding: change.bytes, as: UTF8.self))")
    #expect(document.root?["title"]?.text == instance.title)
    #expect(document.root?["timeline"]?.items?.count == 1)
  }
}
