import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("The small files of the record")
struct SmallFilesTests {
  @Test("format.yaml")
  func format() throws {
    let file = FormatFile(repository: "r-9f86d081", epoch: 2)
    #expect(String(decoding: file.bytes, as: UTF8.self) == "format: 1\nrepository: r-9f86d081\nepoch: 2\n")
    #expect(try FormatFile(file.bytes) == file)
  }

  @Test("runner.yaml")
  func runner() throws {
    let file = RunnerFile(
      nextNumber: 43, sequence: 107, term: 3, deployed: "4b825dc6",
      cursors: ["refs/heads/writ/inbox": "aa", "refs/heads/main": "12e4"])
    let text = """
      format: 1
      next: 43
      sequence: 107
      term: 3
      deployed: "4b825dc6"
      cursors:
        - {ref: refs/heads/main, commit: "12e4"}
        - {ref: refs/heads/writ/inbox, commit: aa}

      """
    #expect(String(decoding: file.bytes, as: UTF8.self) == text)
    #expect(try RunnerFile(file.bytes) == file)
    #expect(try RunnerFile(RunnerFile().bytes) == RunnerFile())
  }

  @Test("what no version of the program would write is refused where it differs")
  func unlikeWritten() {
    let twice = "format: 1\nnext: 1\nsequence: 0\nterm: 1\ncursors:\n  - {ref: b, commit: x}\n  - {ref: a, commit: x}\n"
    #expect(throws: RecordError(.expected("what this program would have written"), line: 6)) {
      try RunnerFile(Array(twice.utf8))
    }
    let quoted = "format: 1\nrepository: \"plain\"\nepoch: 1\n"
    #expect(throws: RecordError(.expected("a text without quotes"), line: 2, column: 13)) {
      try FormatFile(Array(quoted.utf8))
    }
    let escaped = "format: 1\nrepository: \"a\\u0062: c\"\nepoch: 1\n"
    #expect(throws: RecordError.self) { try FormatFile(Array(escaped.utf8)) }
  }

  @Test("versions/<workflow>/_/<n>.yaml")
  func version() throws {
    let file = VersionFile(
      workflow: "finance/expense-approval", version: 7, language: 1, commit: "c0ffee", at: EventExamples.at,
      by: "Alice <alice@example.org>", digest: "9f86")
    let text = """
      format: 1
      workflow: finance/expense-approval
      version: 7
      language: 1
      commit: c0ffee
      at: 2026-11-22T10:00:00.123Z
      by: "Alice <alice@example.org>"
      digest: "9f86"

      """
    #expect(String(decoding: file.bytes, as: UTF8.self) == text)
    #expect(try VersionFile(file.bytes) == file)
  }

  @Test("requests/<fan-out>/<sequence>.yaml")
  func requests() throws {
    let file = RequestsFile(
      sequence: 107,
      requests: [
        .init(principal: "alice", key: "k: 1", digest: "9f86", at: EventExamples.at, instance: 42),
        .init(principal: "system:deployer", key: "no", digest: "ab", at: EventExamples.at, instance: nil),
      ])
    let text = """
      format: 1
      sequence: 107
      requests:
        - {by: alice, key: "k: 1", digest: "9f86", at: 2026-11-22T10:00:00.123Z, instance: 42}
        - {by: system:deployer, key: "no", digest: ab, at: 2026-11-22T10:00:00.123Z}

      """
    #expect(String(decoding: file.bytes, as: UTF8.self) == text)
    #expect(try RequestsFile(file.bytes) == file)
    #expect(try RequestsFile(RequestsFile(sequence: 1, requests: []).bytes).requests.isEmpty)
  }

  @Test("acceptances/<batch>.yaml")
  func acceptance() throws {
    let file = AcceptanceFile(
      rewrite: Rewrite(branch: "writ/inbox", from: "c0ffee", to: "4b825dc6"), at: EventExamples.at, by: "alice",
      reason: "moved to another server: see ticket 7")
    let text = """
      format: 1
      branch: writ/inbox
      from: c0ffee
      to: "4b825dc6"
      at: 2026-11-22T10:00:00.123Z
      by: alice
      reason: "moved to another server: see ticket 7"

      """
    #expect(String(decoding: file.bytes, as: UTF8.self) == text)
    #expect(try AcceptanceFile(file.bytes) == file)
  }

  @Test("hostile bytes are errors, never crashes", arguments: 0..<100)
  func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var bytes = RunnerFile(cursors: ["a": "b"]).bytes
    random.damage(&bytes)
    _ = try? FormatFile(bytes)
    _ = try? RunnerFile(bytes)
    _ = try? VersionFile(bytes)
    _ = try? RequestsFile(bytes)
    _ = try? AcceptanceFile(bytes)
  }

  @Test("values from outside: reserved keys, depth, keys and size are refused with their place")
  func storable() {
    #expect(StoredValues.problem(in: ["a": ["b": [1, 2]]]) == nil)
    let reserved = StoredValues.problem(in: ["a/b": [["$value": "x"]]])
    #expect(reserved?.pointer == "/a~1b/0/$value")
    #expect(reserved?.message == "the key '$value' begins with '$', which is reserved")
    var deep: Value = 1
    for _ in 0..<60 { deep = [deep] }
    #expect(StoredValues.problem(in: deep)?.message == "nested more than 48 deep")
    let long = Value.map([String(repeating: "k", count: 513): 1])
    #expect(StoredValues.problem(in: long)?.message == "a key of 513 bytes; at most 512")
    #expect(StoredValues.problem(in: .string(String(repeating: "x", count: 1 << 20))) != nil)
  }
}
