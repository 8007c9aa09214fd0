import CEL
import Foundation
import GitStore
import Synchronization
import Testing
import WorkflowEngine

@testable import WorkflowRunner

/// What does not go on without an operator is told to operators.
@Suite("Alarms")
struct AlarmTests {
  private final class Pager: Performer {
    let letters = Mutex<[Delivery]>([])
    let isBroken = Mutex(false)

    func perform(_ job: Owed.Job, settings: Settings) async -> Performed { .done([:]) }

    func deliver(
      _ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings
    ) async -> Performed {
      if isBroken.withLock({ $0 }) { return .failed(code: "network", message: "no answer") }
      letters.withLock { $0.append(delivery) }
      return .done(.null)
    }

    /// What came since it was last asked.
    var heard: [Delivery] {
      letters.withLock { letters in
        defer { letters = [] }
        return letters
      }
    }
  }

  private static let told = "alarms: {channel: log, to: [role:boss]}\n"

  private func office(_ settings: String = told) async throws -> (
    Office, Alarms, Pager
  ) {
    let office = try Office()
    try office.write("writ.yaml", "writ: 1\ntitle: Test\n" + settings)
    try office.commit()
    await office.deploy()
    _ = try await office.start()
    let intake = Intake(runner: office.runner, repository: office.repository, logger: office.logger)
    await intake.step()
    let (pager, store) = (Pager(), try #require(office.store as? StateStore))
    let mirror = Mirror(runner: office.runner, store: store, logger: office.logger)
    let alarms = Alarms(
      runner: office.runner, intake: intake, mirror: mirror, performer: pager, logger: office.logger)
    return (office, alarms, pager)
  }

  @Test("a rewritten inbox is told once, and again when it is rewritten again")
  func inbox() async throws {
    let (office, alarms, pager) = try await office()
    var round = Alarms.Round()
    await alarms.tell(&round)
    #expect(pager.heard.isEmpty)
    let before = try Office.git(office.folder, "rev-parse", "writ/inbox").trimmingCharacters(in: .newlines)
    for _ in 0..<2 {
      try Office.git(office.folder, "update-ref", "refs/heads/writ/inbox", "main")
      for _ in 0..<2 { await alarms.tell(&round) }
      let heard = pager.heard
      #expect(heard.map(\.subject) == ["Decisions are not taken in"] && heard.map(\.to) == [["bob", "carl"]])
      #expect(heard.first?.body.contains("git branch -f writ/inbox \(before)") == true)
      try Office.git(office.folder, "update-ref", "refs/heads/writ/inbox", before)
      await alarms.tell(&round)
    }
    #expect(pager.heard.isEmpty)
  }

  @Test("a commit that was not deployed is told with what is wrong, until one is deployed")
  func deploy() async throws {
    let (office, alarms, pager) = try await office()
    var round = Alarms.Round()
    try office.write("workflows/office/leave.yaml", "writ: 1\ntitel: Leave\n")
    try office.commit("oops")
    await office.deploy()
    await alarms.tell(&round)
    let heard = pager.heard
    #expect(heard.map(\.subject) == ["A commit was not deployed"])
    #expect(heard.first?.body.contains(": oops\n") == true && heard.first?.body.contains("titel") == true)
    try office.write("workflows/office/leave.yaml", Office.leave)
    try office.commit("better")
    await office.deploy()
    await alarms.tell(&round)
    #expect(pager.heard.isEmpty)
  }

  @Test("a mirror that refuses for a minute is told once, and what it holds to itself is not")
  func mirror() async throws {
    let (office, alarms, pager) = try await office(Self.told + "mirror: https://me:hidden@127.0.0.1:1/state.git\n")
    var round = Alarms.Round()
    await alarms.mirror.step()
    await alarms.tell(&round)
    #expect(pager.heard.isEmpty)
    office.clock.advance(.seconds(60))
    for _ in 0..<2 { await alarms.tell(&round) }
    let heard = pager.heard
    #expect(heard.map(\.subject) == ["The mirror does not take the record"])
    #expect(heard.first?.body.contains("hidden") == false)
  }

  @Test("somebody else's commit on the record's ref is told, and where it is kept")
  func foreign() async throws {
    let (office, alarms, pager) = try await office()
    var round = Alarms.Round()
    let state = office.folder + "/state"
    let tip = try Office.git(state, "commit-tree", "-m", "mine", "state^{tree}").trimmingCharacters(in: .newlines)
    try Office.git(state, "-c", "core.hooksPath=/dev/null", "update-ref", "refs/heads/state", tip)
    _ = try await office.start()
    for _ in 0..<2 { await alarms.tell(&round) }
    let heard = pager.heard
    #expect(heard.map(\.subject) == ["Somebody moved the record's ref"])
    #expect(heard.first?.body.contains("git -C state log refs/writ/foreign/\(tip)") == true)
    try Office.git(state, "-c", "core.hooksPath=/dev/null", "update-ref", "-d", "refs/writ/foreign/\(tip)")
    #expect(office.runner.alarms(nil, alarms.mirror).isEmpty)
  }

  @Test("what the channel does not take is tried again, later and later")
  func retries() async throws {
    let (office, alarms, pager) = try await office()
    var round = Alarms.Round()
    try Office.git(office.folder, "update-ref", "refs/heads/writ/inbox", "main")
    pager.isBroken.withLock { $0 = true }
    await alarms.tell(&round)
    pager.isBroken.withLock { $0 = false }
    await alarms.tell(&round)
    #expect(pager.heard.isEmpty)
    office.clock.advance(.seconds(20))
    await alarms.tell(&round)
    #expect(pager.heard.count == 1)
  }

  @Test("without 'alarms' nobody is written to")
  func silence() async throws {
    let (office, alarms, pager) = try await office("")
    try Office.git(office.folder, "update-ref", "refs/heads/writ/inbox", "main")
    var round = Alarms.Round()
    await alarms.tell(&round)
    #expect(pager.heard.isEmpty)
  }
}
