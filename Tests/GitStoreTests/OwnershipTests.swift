import Foundation
import GitStore
import Testing

@Suite("A tip that somebody else put")
struct OwnershipTests {
  let folder = TemporaryFolder()
  let store: StateStore
  let git: StockGit
  let own: ObjectID

  init() throws {
    store = try StateStore.create(at: folder("state"))
    git = StockGit(folder: folder("state"))
    try store.commit([.write("n", text: "0")])
    own = try store.commit([.write("n", text: "1")])
  }

  /// Moves the ref as only somebody who works around the hook can.
  private func put(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder("state/.git/refs/heads/state")))
  }

  private func foreignCommit() throws -> ObjectID {
    let id = try git("commit-tree", "-m", "foreign", "-p", own.description, "\(own)^{tree}").output.prefix(40)
    return try #require(ObjectID(hex: id))
  }

  @Test("stops the next commit, is kept, and ours is put back")
  func quarantine() throws {
    let foreign = try foreignCommit()
    try put("\(foreign)\n")
    #expect {
      try store.commit([.write("n", text: "2")])
    } throws: { error in
      guard case .moved(own, foreign)? = error as? StoreError else { return false }
      return true
    }
    #expect(try store.tipOnDisk() == foreign && store.tip == own)
    #expect(try store.commits(after: own, upTo: foreign, limit: 10)?.map(\.subject) == ["foreign"])
    try store.quarantineForeign(foreign, restoring: own)
    #expect(try store.foreignTips() == [foreign])
    try git("pack-refs", "--all")
    #expect(try store.foreignTips() == [foreign])
    let next = try store.commit([.write("n", text: "2")], on: .exactly(own))
    #expect(try git("rev-parse", "state", "refs/writ/foreign/\(foreign)").output == "\(next)\n\(foreign)\n")
    #expect(throws: StoreError.self) { try store.quarantineForeign(foreign, restoring: own) }
    try put("\(own)\n")
    #expect(throws: StoreError.self) { try store.commit([.write("n", text: "3")]) }
    try store.quarantineForeign(own, restoring: next)
    #expect(try store.foreignTips() == [foreign, own].sorted())
    #expect(try git("fsck", "--full", "--strict").status == 0)
  }

  @Test("is seen at the next start, beside the tip that was remembered")
  func afterRestart() throws {
    let foreign = try foreignCommit()
    try store.close()
    try put("\(foreign)\n")
    let again = try StateStore.open(at: folder("state"))
    #expect(again.tip == foreign && again.rememberedTip == own)
    try again.quarantineForeign(foreign, restoring: own)
    #expect(again.tip == own)
    try again.commit([.write("n", text: "2")])
    #expect(try again.history(limit: 9).count == 3)
  }

  @Test("may also be none")
  func removed() throws {
    try FileManager.default.removeItem(atPath: folder("state/.git/refs/heads/state"))
    #expect(throws: StoreError.self) { try store.commit([.write("n", text: "2")]) }
    try store.restoreRemovedTip(own)
    try store.commit([.write("n", text: "2")])
    #expect(try store.text("n") == "2")
  }
}
