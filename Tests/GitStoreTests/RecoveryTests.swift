import Foundation
import GitStore
import Testing

@Suite("Opening a record")
struct RecoveryTests {
  let folder = TemporaryFolder()
  var state: String { folder("state") }
  var packs: String { folder("state/.git/objects/pack") }

  /// A record that was not closed, as a crash leaves it: the store is dropped, the lock with it.
  private func crashed(commits: Int) throws -> ObjectID? {
    let store = try StateStore.create(at: state)
    for number in 0..<commits { try store.commit([.write("n", text: "\(number)")]) }
    return store.tip
  }

  private func packFiles(_ ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: packs).filter { $0.hasSuffix(ending) }.sorted()
  }

  private func overwrite(_ path: String, _ change: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    change(&data)
    try FileManager.default.removeItem(atPath: path)
    try data.write(to: URL(fileURLWithPath: path))
  }

  @Test("after a crash writes anew what is new, and after a close nothing")
  func unclean() throws {
    let tip = try crashed(commits: 3)
    let store = try StateStore.open(at: state)
    #expect(store.tip == tip && store.rememberedTip == tip)
    #expect(store.recovery.wasUnclean && store.recovery.rewritten.count == 3 && store.recovery.setAside.isEmpty)
    try store.close()
    let again = try StateStore.open(at: state)
    #expect(!again.recovery.wasUnclean && again.recovery.rewritten.isEmpty)
    #expect(try again.text("n") == "2")
  }

  @Test("removes its own temporaries and locks, and no others")
  func temporaries() throws {
    _ = try crashed(commits: 1)
    let own = ["objects/pack/pack-1.pack.writ-tmp", "refs/heads/state.lock", "writ/head.writ-tmp"]
    let others = ["objects/pack/tmp_pack_x", "refs/heads/other.lock"]
    for name in own + others { try Data("x".utf8).write(to: URL(fileURLWithPath: "\(state)/.git/\(name)")) }
    let store = try StateStore.open(at: state)
    #expect(own.allSatisfy { !FileManager.default.fileExists(atPath: "\(state)/.git/\($0)") })
    #expect(others.allSatisfy { FileManager.default.fileExists(atPath: "\(state)/.git/\($0)") })
    try store.commit([.write("n", text: "more")])
  }

  @Test("sets aside what a torn batch left, when nothing acknowledged needs it", arguments: ["pack", "idx", "half"])
  func torn(what: String) throws {
    let tip = try crashed(commits: 1)
    let before = Set(try packFiles(".pack"))
    let store = try StateStore.open(at: state)
    let lost = try store.commit([.write("n", text: "lost")])
    let ref = folder("state/.git/refs/heads/state")
    try Data("\(try #require(tip))\n".utf8).write(to: URL(fileURLWithPath: ref))
    let pack = try #require(Set(try packFiles(".pack")).subtracting(before).first)
    let index = String(pack.dropLast(4)) + "idx"
    switch what {
    case "pack": try overwrite("\(packs)/\(pack)") { $0[$0.count / 2] ^= 1 }
    case "idx": try overwrite("\(packs)/\(index)") { $0.removeLast(30) }
    default: try FileManager.default.removeItem(atPath: "\(packs)/\(index)")
    }
    _ = consume store
    let again = try StateStore.open(at: state)
    #expect(again.tip == tip && again.recovery.setAside.count == 1)
    #expect(throws: StoreError.self) { try again.commitInfo(lost) }
    #expect(try again.text("n") == "0")
    #expect(try StockGit(folder: state)("fsck", "--full", "--strict").status == 0)
  }

  @Test("says so when something acknowledged is damaged, every time")
  func damaged() throws {
    _ = try crashed(commits: 1)
    let store = try StateStore.open(at: state)
    let before = Set(try packFiles(".pack"))
    try store.commit([.write("m", text: "acknowledged")])
    let pack = try #require(Set(try packFiles(".pack")).subtracting(before).first)
    try overwrite("\(packs)/\(pack)") { $0[20] ^= 1 }
    _ = consume store
    for _ in 0..<2 {
      #expect {
        try StateStore.open(at: state)
      } throws: { error in
        guard case .damaged? = error as? StoreError else { return false }
        return true
      }
    }
  }

  @Test("refuses a record whose ref is gone, naming the commit that it was at, every time")
  func refGone() throws {
    let tip = try #require(try crashed(commits: 2))
    try FileManager.default.removeItem(atPath: folder("state/.git/refs/heads/state"))
    for _ in 0..<2 {
      #expect {
        try StateStore.open(at: state)
      } throws: { error in
        guard case .damaged(let words)? = error as? StoreError else { return false }
        return words.contains("git update-ref refs/heads/state \(tip)")
      }
    }
  }

  @Test("refuses a ref that is no id")
  func tornRef() throws {
    _ = try crashed(commits: 1)
    try Data("0123".utf8).write(to: URL(fileURLWithPath: folder("state/.git/refs/heads/state")))
    #expect(throws: StoreError.self) { try StateStore.open(at: state) }
  }

  @Test("lets one in, and names the holder to others")
  func lock() throws {
    let store = try StateStore.create(at: state)
    try store.announce(address: "http://127.0.0.1:7878", token: "secret")
    let holder = StateStore.holder(at: state)
    #expect(holder.pid == getpid() && holder.address == "http://127.0.0.1:7878")
    #expect(StateStore.token(at: state) == "secret")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder("state/.git/writ/token"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect {
      try StateStore.open(at: state)
    } throws: { error in
      guard case .held(holder)? = error as? StoreError else { return false }
      return "\(error)".contains("process \(getpid()), which serves http://127.0.0.1:7878")
    }
    try store.close()
    #expect(StateStore.token(at: state) == nil)
    #expect(throws: StoreError.self) { try store.commit([.write("n", text: "late")]) }
    #expect(throws: StoreError.self) { try store.rollUp() }
    try StateStore.open(at: state).close()
  }

  @Test("takes no folder for a record that is none")
  func noStore() throws {
    #expect(throws: StoreError.self) { try StateStore.open(at: state) }
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    try StockGit(folder: state)("init", "-q")
    #expect(throws: StoreError.self) { try StateStore.create(at: state) }
    let other = try StateStore.create(at: folder("other"))
    #expect(throws: StoreError.self) { try StateStore.create(at: folder("other")) }
    try other.close()
  }
}
