import Foundation
import GitStore
import Synchronization
import Testing

@Suite("Rolling up packs")
struct RollUpTests {
  let folder = TemporaryFolder()
  let store: StateStore

  init() throws { store = try StateStore.create(at: folder("state")) }

  private func packCount() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: folder("state/.git/objects/pack")).count / 2
  }

  @Test("leaves few packs, and every object")
  func keepsAll() throws {
    for number in 0..<100 {
      try store.commit([.write("f/\(number)", text: "\(number)"), .write("n", text: "\(number)")])
    }
    #expect(try store.rollUp() > 0)
    while try store.rollUp() > 0 {}
    #expect(try packCount() > 100, "who opened them may finish reading")
    for _ in 0..<2 { try store.removeReplaced() }
    #expect(try packCount() < 16)
    #expect(try store.rollUp() == 0)
    #expect(try store.files().count == 101)
    for (age, commit) in try store.history(limit: 200).enumerated() {
      #expect(try store.snapshot(commit.id).read("n") == Array("\(99 - age)".utf8))
    }
    let fsck = try StockGit(folder: folder("state"))("fsck", "--full", "--strict")
    #expect(fsck.status == 0 && fsck.output.isEmpty, "\(fsck)")
    try store.close()
    let again = try StateStore.open(at: folder("state"))
    #expect(try again.files().count == 101)
  }

  @Test("goes on beside commits and readers")
  func beside() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<120 { try store.commit([.write("f/\(number)", text: "\(number)")]) }
      }
      group.addTask {
        for _ in 0..<60 {
          _ = try store.rollUp()
          try store.removeReplaced()
          guard let tip = store.tip else { continue }
          let snapshot = try store.snapshot(tip)
          try snapshot.walk(under: "") { path, file throws(StoreError) in _ = try snapshot.blob(file.id) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.list("f").count == 120)
    #expect(try StockGit(folder: folder("state"))("fsck", "--full", "--strict").status == 0)
  }

  @Test("gives way to a pack that stock git made, which holds deltas")
  func adopts() throws {
    let text = (0..<200).map { "line \($0)\n" }.joined()
    for number in 0..<20 { try store.commit([.write("n", text: text + "\(number)")]) }
    let frozen = store.packNames()
    let git = StockGit(folder: folder("state"))
    let list = frozen.map { "\($0).pack\n" }.joined()
    let made = try git("pack-objects", "-q", "--stdin-packs", folder("new"), input: Data(list.utf8))
    let path = folder("new-\(made.output.prefix(40))")
    try store.commit([.write("n", text: "newer")])
    #expect(throws: StoreError.self) { try store.adopt(packAt: path, replacing: store.packNames()) }
    #expect(throws: StoreError.self) { try store.adopt(packAt: folder("none"), replacing: frozen) }
    try store.adopt(packAt: path, replacing: frozen)
    #expect(store.packNames().count == 2)
    for (age, commit) in try store.history(limit: 30).dropFirst().enumerated() {
      #expect(try store.snapshot(commit.id).read("n") == Array((text + "\(19 - age)").utf8))
    }
    #expect(try store.rollUp() == 0)
    try store.commit([.write("m", text: "new")])
    #expect(try git("fsck", "--full", "--strict").status == 0)
  }

  @Test("loses nothing with a fault at the n-th call, for every n", arguments: [false, true])
  func faults(stays: Bool) throws {
    for number in 0..<20 { try store.commit([.write("f/\(number)", text: "\(number)")]) }
    try store.close()
    for call in 1... {
      let copy = folder("copy")
      try? FileManager.default.removeItem(atPath: copy)
      try FileManager.default.copyItem(atPath: folder("state"), toPath: copy)
      let calls = Mutex<Int?>(nil)
      let disk = Disk { _, _ in
        calls.withLock { count in
          guard let now = count else { return nil }
          count = now + 1
          return now + 1 == call || stays && now + 1 > call ? .fails(EIO) : nil
        }
      }
      var damaged: StateStore? = try StateStore.open(at: copy, disk: disk)
      calls.withLock { $0 = 0 }
      let failed = (try? damaged?.rollUp()) == nil || (1...2).contains { _ in (try? damaged?.removeReplaced()) == nil }
      damaged = nil
      let again = try StateStore.open(at: copy)
      #expect(try again.files().count == 20 && again.history(limit: 30).count == 20, "call \(call)")
      #expect(try StockGit(folder: copy)("fsck", "--full", "--strict").status == 0, "call \(call)")
      while try again.rollUp() > 0 {}
      try again.commit([.write("x", text: "y")])
      if !failed { return }
    }
  }
}
