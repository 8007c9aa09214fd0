import Foundation
import GitStore
import Testing

/// The two records, made afresh for each case.
enum RecordKind: CaseIterable, Sendable {
  case memory, git

  func make(in folder: TemporaryFolder) throws -> any RecordStore {
    switch self {
    case .memory: MemoryStore()
    case .git: try StateStore.create(at: folder("state"))
    }
  }
}

@Suite("Any record")
struct RecordContractTests {
  let folder = TemporaryFolder()

  @Test("is empty at first", arguments: RecordKind.allCases)
  func empty(kind: RecordKind) throws {
    let store = try kind.make(in: folder)
    #expect(store.tip == nil)
    #expect(try store.read("a") == nil)
    #expect(try store.list("").isEmpty)
    #expect(try store.history(limit: 10).isEmpty)
  }

  @Test("gives back what was committed", arguments: RecordKind.allCases)
  func reads(kind: RecordKind) throws {
    let store = try kind.make(in: folder)
    let first = try store.commit([.write("a/b/c.yaml", text: "one"), .write("top", text: "")])
    #expect(store.tip == first)
    #expect(try store.files() == ["a/b/c.yaml": "one", "top": ""])
    #expect(try store.read("a/b") == nil)
    #expect(try store.list("a").map(\.name) == ["b"])
    #expect(try store.list("a")[0].mode == .folder)
    #expect(try store.list("").map(\.name) == ["a", "top"])
    #expect(try store.list("nothing").isEmpty)
  }

  @Test("keeps every commit readable", arguments: RecordKind.allCases)
  func history(kind: RecordKind) throws {
    let store = try kind.make(in: folder)
    let first = try store.commit([.write("n", text: "1")], "first\n\nSequence: 1\nTerm: 1", at: 1)
    let second = try store.commit([.write("n", text: "2")], "second", at: 2)
    let third = try store.commit([.delete("n")], "third", at: 3)
    #expect(try store.history(limit: 2).map(\.id) == [third, second])
    #expect(try store.history(limit: 9).map(\.subject) == ["third", "second", "first"])
    #expect(try store.snapshot(first).read("n") == Array("1".utf8))
    #expect(try store.snapshot(second).read("n") == Array("2".utf8))
    #expect(try store.read("n") == nil)
    let info = try store.commitInfo(first)
    #expect(info.trailers.map(\.key) == ["Sequence", "Term"] && info.trailers.map(\.value) == ["1", "1"])
    #expect(info.author == .runner(at: 1) && info.parents.isEmpty)
    #expect(try store.commits(after: first, upTo: third, limit: 9)?.map(\.id) == [second, third])
    #expect(try store.commits(after: third, upTo: second, limit: 9) == nil)
  }

  @Test("moves files and whole folders, changed ones too", arguments: RecordKind.allCases)
  func moves(kind: RecordKind) throws {
    let store = try kind.make(in: folder)
    try store.commit([.write("live/1/a", text: "a"), .write("live/1/b", text: "b"), .write("live/2/c", text: "c")])
    try store.commit([
      .write("live/1/a", text: "a2"), .move("archive/1", from: "live/1"), .write("archive/1/b", text: "b2"),
      .move("archive/c", from: "live/2/c"),
    ])
    #expect(try store.files() == ["archive/1/a": "a2", "archive/1/b": "b2", "archive/c": "c"])
    #expect(try store.list("").map(\.name) == ["archive"])
  }

  @Test("moves the files that begin alike, and leaves the others", arguments: RecordKind.allCases)
  func movesFiles(kind: RecordKind) throws {
    let store = try kind.make(in: folder)
    let names = ["a-1.yaml", "a-1.p1.yaml", "a-12.yaml", "b-1.yaml"]
    try store.commit(names.map { .write("live/x/\($0)", text: $0) } + [.write("live/x/a-1.d/e", text: "e")])
    try store.commit([.moveFiles("archive/x/a-1.", from: "live/x/a-1."), .write("archive/x/a-1.yaml", text: "new")])
    #expect(
      try store.files() == [
        "archive/x/a-1.p1.yaml": "a-1.p1.yaml", "archive/x/a-1.yaml": "new", "live/x/a-1.d/e": "e",
        "live/x/a-12.yaml": "a-12.yaml", "live/x/b-1.yaml": "b-1.yaml",
      ])
    try store.commit([.moveFiles("live/x/c.", from: "live/x/b-1.")])
    #expect(try store.text("live/x/c.yaml") == "b-1.yaml")
  }

  @Test("refuses changes that make no sense, and stays as it was", arguments: RecordKind.allCases)
  func refusals(kind: RecordKind) throws {
    let store = try kind.make(in: folder)
    let tip = try store.commit([.write("a/b", text: "1"), .write("c", text: "2")])
    let refused: [[Change]] = [
      [.delete("nothing")], [.delete("a/nothing")], [.move("x", from: "nothing")], [.move("c", from: "a/b")],
      [.moveFiles("x/y", from: "a/c")], [.moveFiles("c", from: "a/b")],
      [.write("a", text: "")], [.write("c/d", text: "")], [.write("", text: "")], [.write("a//b", text: "")],
      [.write("../x", text: "")], [.write("x/.git/y", text: "")], [.write("x/.GIT", text: "")],
      [.write("x/.gitattributes", text: "")],
      [.write("x/GIT~1", text: "")], [.write("x/.g\u{200C}it", text: "")], [.write("x/.", text: "")],
      [.write("ok", text: "1"), .delete("nothing")], [.write(String(repeating: "d/", count: 64) + "f", text: "")],
    ]
    for changes in refused {
      #expect { try store.commit(changes) } throws: { error in
        guard case .refused? = error as? StoreError else { return false }
        return true
      }
    }
    #expect(store.tip == tip)
    #expect(try store.files() == ["a/b": "1", "c": "2"])
    try store.commit([.write("ok", text: "2")])
    #expect(try store.files() == ["a/b": "1", "c": "2", "ok": "2"])
  }

  @Test("orders folders and files as git does", arguments: RecordKind.allCases)
  func order(kind: RecordKind) throws {
    let store = try kind.make(in: folder)
    try store.commit(["a/x", "a-b", "a.c", "a0", "b", "ab/y", "é", "z/deep/er"].map { .write($0, text: $0) })
    try store.commit(["a.b", "a/w", "a1/x", "Z"].map { .write($0, text: $0) })
    #expect(try store.list("").map(\.name) == ["Z", "a-b", "a.b", "a.c", "a", "a0", "a1", "ab", "b", "z", "é"])
    #expect(try store.files().allSatisfy { $0.key == $0.value })
  }

  @Test("lets one of two writers win", arguments: RecordKind.allCases)
  func swap(kind: RecordKind) throws {
    let store = try kind.make(in: folder)
    let first = try store.commit([.write("n", text: "1")], on: .exactly(nil))
    let second = try store.commit([.write("n", text: "2")], on: .exactly(first))
    #expect { try store.commit([.write("n", text: "3")], on: .exactly(first)) } throws: { error in
      guard case .moved(first, second)? = error as? StoreError else { return false }
      return true
    }
    #expect(try store.text("n") == "2")
  }

  @Test("loses no update of racing writers, while readers read", arguments: RecordKind.allCases)
  func racing(kind: RecordKind) async throws {
    let store = try kind.make(in: folder)
    try store.commit([.write("counter", text: "0")])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask { for round in 0..<10 { try increment(store, "\(writer)-\(round)") } }
      }
      group.addTask {
        for _ in 0..<100 {
          guard let tip = store.tip else { continue }
          let snapshot = try store.snapshot(tip)
          let count = try snapshot.read("counter").flatMap { Int(String(decoding: $0, as: UTF8.self)) }
          #expect(try snapshot.list("by").count == count)
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.text("counter") == "40")
    #expect(try store.history(limit: 100).count == 41)
  }

  @Test("gives the same ids whichever it is")
  func sameIDs() throws {
    let stores = try RecordKind.allCases.map { try $0.make(in: folder) }
    let batches: [[Change]] = [
      [.write("a/b", text: "1"), .write("c", text: "2")], [.move("d/b", from: "a/b")], [.delete("d/b")], [.delete("c")],
    ]
    for changes in batches {
      let ids = try stores.map { try $0.commit(changes) }
      #expect(ids[0] == ids[1])
    }
  }
}

/// Reads a counter and writes it back one higher, until nobody was faster.
private func increment(_ store: any RecordStore, _ name: String) throws {
  while true {
    guard let tip = store.tip, let content = try store.snapshot(tip).read("counter"),
      let count = Int(String(decoding: content, as: UTF8.self))
    else { throw StoreError.damaged("no counter") }
    let changes: [Change] = [.write("counter", text: "\(count + 1)"), .write("by/\(name)", text: name)]
    do {
      try store.commit(changes, on: .exactly(tip))
      return
    } catch StoreError.moved { continue }
  }
}
