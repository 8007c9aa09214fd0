import CEL
import Foundation
import GitStore
import HashTreeCollections
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("Maintenance of the record")
struct MaintainingTests {
  private func office(settings: String = "") async throws -> (Office, StateStore) {
    let office = try Office()
    try office.write("writ.yaml", "writ: 1\ntitle: Test\n" + settings)
    try office.commit()
    await office.deploy()
    return (office, try #require(office.store as? StateStore))
  }

  @Test("packs with deltas take the place of many without; everything can still be read, by us and by stock git")
  func repacks() async throws {
    let (office, store) = try await office()
    for _ in 0..<30 { _ = try await office.start() }
    let before = store.packs()
    let bytes = before.reduce(0) { $0 + $1.bytes }
    #expect(try Repacking(store: store).run(least: bytes + 1) == 0)
    #expect(try Repacking(store: store).run(least: 1) == before.count)
    let after = store.packs()
    #expect(after.count == 1 && after[0].hasDeltas && after[0].bytes < bytes / 2)
    for _ in 0..<2 { try store.removeReplaced() }
    let instance = try await office.start()
    _ = try await office.runner.submit(Request(by: "bob", .act(5, .decide(Command.Decide(.approve)))))
    #expect(try Repacking(store: store).run(least: 1 << 30) == 0)
    let again = try Runner(
      store: store, newRepository: "unused", clock: { office.clock.now }, zones: Office.zones.rules)
    #expect(again.snapshot.live[instance.id.number] == office.runner.snapshot.live[instance.id.number])
    #expect(again.snapshot.live.count == office.runner.snapshot.live.count)
    try Office.git(office.folder + "/state", "fsck", "--full", "--strict")
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.gitFolder + "/objects/pack").count == 6)
  }

  @Test("a pack with deltas is left alone until what is new has grown to half of it")
  func leavesLargePacks() async throws {
    let (office, store) = try await office()
    for _ in 0..<200 { _ = try await office.start() }
    #expect(try Repacking(store: store).run(least: 1) > 0)
    let large = try #require(store.packs().first)
    _ = try await office.start()
    #expect(try Repacking(store: store).run(least: 1) == 1)
    #expect(store.packs().count == 2 && store.packNames().contains(large.name))
  }

  @Test("the mirror gets every batch, and says how far it lags")
  func mirrors() async throws {
    let target = FileManager.default.temporaryDirectory.appending(path: "writ-mirror-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: target) }
    try Office.git("/tmp", "init", "--quiet", "--bare", target)
    let (office, store) = try await office(settings: "mirror: \(target)\n")
    let mirror = Mirror(runner: office.runner, store: store, logger: office.logger)
    #expect(mirror.standing == Mirror.Standing(address: target, lag: nil, complaint: nil))
    await mirror.step()
    _ = try await office.start()
    #expect(mirror.standing?.lag == 1)
    await mirror.step()
    #expect(mirror.standing == Mirror.Standing(address: target, lag: 0, complaint: nil))
    #expect(try Office.git(target, "rev-parse", "state").prefix(40) == "\(try #require(store.tip))".prefix(40))
  }

  @Test("a mirror with another history refuses, and nothing is forced on it")
  func refusedMirror() async throws {
    let target = FileManager.default.temporaryDirectory.appending(path: "writ-mirror-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: target) }
    try Office.git("/tmp", "init", "--quiet", "--initial-branch=state", target)
    try Office.git(target, "commit", "--quiet", "--allow-empty", "--message", "another history")
    let theirs = try Office.git(target, "rev-parse", "state")
    let (office, store) = try await office(settings: "mirror: \(target)\n")
    let mirror = Mirror(runner: office.runner, store: store, logger: office.logger)
    await mirror.step()
    #expect(mirror.standing?.complaint?.contains("rejected") == true)
    #expect(try Office.git(target, "rev-parse", "state") == theirs)
  }
}

@Suite("Keys of requests")
struct RequestKeyTests {
  private func keyed(_ office: Office, _ key: String) async throws {
    _ = try await office.runner.submit(Request(by: "anna", key: key, .start(workflow: "leave", input: ["days": 1])))
  }

  private func files(_ office: Office) throws -> Int {
    var count = 0
    try office.store.walk(under: "requests") { _, _ throws(StoreError) in count += 1 }
    return count
  }

  @Test("are forgotten after a day with their files, also by a runner that was started since")
  func forgotten() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    for number in 0..<5 { try await keyed(office, "k\(number)") }
    #expect(try files(office) == 5)
    office.clock.advance(.seconds(86_399))
    try await keyed(office, "late")
    #expect(try files(office) == 6)
    office.clock.advance(.seconds(2))
    let again = try Runner(
      store: office.store, newRepository: "unused", clock: { office.clock.now }, zones: Office.zones.rules)
    #expect(again.snapshot.requests.count == 1)
    let request = Request(by: "anna", key: "k1", .start(workflow: "leave", input: ["days": 1]))
    #expect(try await !again.submit(request).isReplay)
    #expect(try files(office) == 2)
    #expect(again.snapshot.requests.count == 2 && again.snapshot.answered.count == 2)
  }

  @Test("are at most as many as the limit, the oldest going first")
  func limited() {
    var world = World()
    let at = TestClock().now
    for number in 1...50 {
      world.sequence = number
      let key = RequestKey(principal: "anna", key: "\(number)")
      world.remember(Answered(digest: "", at: at, instance: nil, message: nil, sequence: number), for: key)
    }
    world.sequence = 51
    #expect(world.forgetAnswers(now: at, limit: 40) == Array(1...10))
    #expect(world.requests.count == 40 && world.firstAnswered == 11)
  }
}
