import Foundation
import GitStore
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

  @Test("leaves deltas of stock git alone, which can still be read")
  func deltas() throws {
    let text = (0..<200).map { "line \($0)\n" }.joined()
    for number in 0..<20 { try store.commit([.write("n", text: text + "\(number)")]) }
    let git = StockGit(folder: folder("state"))
    let objects = try git("rev-list", "--objects", "--all").output
    let ids = objects.split(separator: "\n").map { $0.prefix(40) + "\n" }.joined()
    let pack = folder("state/.git/objects/pack")
    let old = try FileManager.default.contentsOfDirectory(atPath: pack)
    #expect(try git("pack-objects", "-q", "--delta-base-offset", pack + "/pack", input: Data(ids.utf8)).status == 0)
    try store.close()
    for name in old { try FileManager.default.removeItem(atPath: "\(pack)/\(name)") }
    let again = try StateStore.open(at: folder("state"))
    for (age, commit) in try again.history(limit: 20).enumerated() {
      #expect(try again.snapshot(commit.id).read("n") == Array((text + "\(19 - age)").utf8))
    }
    #expect(try again.rollUp() == 0)
    try again.commit([.write("n", text: "new")])
  }
}
