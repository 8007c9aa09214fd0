import CEL
import Synchronization
import Testing
import WorkflowEngine

@testable import WorkflowRunner

/// Much that is due at once: as much of it under way as there are places, nothing twice, nothing forgotten.
@Suite("Owed work")
struct DispatcherTests {
  /// Counts who is there, and holds everybody up until the door is opened.
  private final class Booth: Performer {
    struct Guests {
      var inside = 0
      var most = 0
      var seen: [String] = []
      var isOpen = false
    }
    let guests = Mutex(Guests())

    func perform(_ job: Owed.Job, settings: Settings) async -> Performed {
      guests.withLock { guests in
        guests.inside += 1
        guests.most = max(guests.most, guests.inside)
        guests.seen.append(job.id.description)
      }
      while !guests.withLock(\.isOpen) { try? await Task.sleep(for: .milliseconds(5)) }
      guests.withLock { $0.inside -= 1 }
      return .done([:])
    }

    func deliver(
      _ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings
    ) async -> Performed { .done(.null) }
  }

  private func office(owing count: Int) async throws -> Office {
    let office = try Office()
    try office.write(
      "workflows/ping.yaml",
      """
      writ: 1
      title: Ping
      owner: role:boss
      access: {start: [role:employee]}
      start: ping
      steps:
        ping: {type: service, uses: http, with: {url: "https://shop.example/ping"}, then: done}
        done: {type: end, outcome: done}
      """)
    try office.commit()
    await office.deploy()
    for _ in 0..<count { _ = try await office.runner.submit(Request(by: "anna", .start(workflow: "ping", input: [:]))) }
    return office
  }

  @Test("after a runner that ended in mid-work every open job says that it is handed out again")
  func redelivers() async throws {
    let office = try await office(owing: 3)
    await Dispatcher.redeliver(by: office.runner)
    let jobs = office.runner.snapshot.live.values.flatMap(\.visits).compactMap { visit -> Int? in
      if case .job(let job) = visit.work { job.redeliveries } else { nil }
    }
    #expect(jobs == [1, 1, 1])
  }

  private func until(_ holds: () -> Bool) async throws {
    for _ in 0..<2_000 where !holds() { try await Task.sleep(for: .milliseconds(10)) }
    try #require(holds())
  }

  @Test("a hundred jobs are done by four at a time, each once; what is cancelled while it waits is not done at all")
  func width() async throws {
    let office = try await office(owing: 100)
    let booth = Booth()
    let dispatcher = Dispatcher(runner: office.runner, performer: booth, logger: office.logger, width: 4)
    let service = Task { await dispatcher.run() }
    try await until { booth.guests.withLock { $0.inside == 4 } }
    _ = try await office.runner.submit(Request(by: "bob", .act(100, .cancel(reason: "not needed"))))
    booth.guests.withLock { $0.isOpen = true }
    try await until { office.runner.snapshot.live.isEmpty }
    service.cancel()
    let seen = booth.guests.withLock { $0 }
    #expect(seen.most == 4)
    #expect(seen.seen.count == 99 && Set(seen.seen).count == 99)
    #expect(!seen.seen.contains { $0.contains("100") })
  }

  @Test("a job for workers is offered once, in order, and not when nobody waits for it any more")
  func board() async throws {
    let office = try await office(owing: 3)
    let jobs = (1...3).compactMap { number -> Owed.Job? in
      guard case .job(var job) = office.runner.snapshot.live[number]?.owed.first else { return nil }
      job.request["type"] = "scan"
      return job
    }
    let board = JobBoard()
    let now = office.clock.now
    for job in jobs + jobs { board.offer(job) }
    let taken = board.take("scan", most: 2, by: "bob", at: now) { $0.instance.number != 1 }
    #expect(taken.map(\.job.instance.number) == [2, 3])
    #expect(board.take("scan", most: 2, by: "bob", at: now) { _ in true }.isEmpty)
    board.offer(jobs[1])
    #expect(board.take("scan", most: 2, by: "bob", at: now) { _ in true }.isEmpty, "it is in somebody's hands")
    #expect(board.takeExpired(at: now.adding(jobs[0].timeout - .seconds(1))).isEmpty)
    #expect(board.takeExpired(at: now.adding(jobs[0].timeout)).map(\.job.instance.number) == [2, 3])
    board.offer(jobs[1])
    #expect(board.take("scan", most: 2, by: "bob", at: now) { _ in true }.map(\.job.instance.number) == [2])
  }

  @Test("timers that are due at once share their commits")
  func timers() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    for _ in 0..<100 { _ = try await office.start() }
    office.clock.advance(.seconds(11 * 86_400))
    let before = office.runner.snapshot.sequence
    await Timekeeper(runner: office.runner, logger: office.logger).fireDue()
    #expect(office.runner.snapshot.live.isEmpty)
    #expect(office.runner.snapshot.sequence - before < 50)
  }
}
