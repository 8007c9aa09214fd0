import GitStore
import Testing
import WorkflowEngine

@testable import WorkflowRunner

@Suite("Who owns the record")
struct OwnershipTests {
  /// A commit that is not the runner's, put on the ref past the hook that forbids it.
  private func intrude(_ office: Office) throws -> String {
    let state = office.folder + "/state"
    let tree = try Office.git(state, "rev-parse", "state^{tree}").trimmed
    let commit = try Office.git(state, as: "mallory", "commit-tree", tree, "-p", "state", "-m", "mine now").trimmed
    try Office.git(state, "-c", "core.hooksPath=/dev/null", "update-ref", "refs/heads/state", commit)
    return commit
  }

  @Test("stock git is refused to move the ref")
  func hook() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    #expect(throws: Office.GitFailure.self) {
      try Office.git(office.folder + "/state", "update-ref", "-d", "refs/heads/state")
    }
  }

  @Test("a foreign tip is set aside, ours put back, and the next batch follows ours")
  func quarantine() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let own = try #require(office.store.tip)
    let foreign = try intrude(office)
    _ = try await office.start()
    let store = try #require(office.store as? StateStore)
    let onDisk = try store.tipOnDisk()
    #expect(onDisk == store.tip)
    let tip = try #require(store.tip)
    #expect(try store.commitInfo(tip).parents == [own])
    let kept = try store.foreignTips()
    #expect(kept.map(\.description) == [foreign])
  }

  @Test("a foreign tip found at the start is set aside before anything is read")
  func atStart() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let store = try #require(office.store as? StateStore)
    let own = try #require(store.tip)
    try store.close()
    let foreign = try intrude(office)
    let again = try StateStore.open(at: office.folder + "/state")
    defer { try? again.close() }
    let kept = try Ownership.settle(again)
    #expect(kept?.description == foreign)
    let tip = try again.tipOnDisk()
    #expect(tip == own)
    let more = try Ownership.settle(again)
    #expect(more == nil)
  }
}

extension String {
  fileprivate var trimmed: String { filter { !$0.isWhitespace } }
}
