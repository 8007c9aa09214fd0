import CEL
import Foundation
import GitStore
import HashTreeCollections
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("The runner")
struct RunnerTests {
  @Test("a commit deploys; a bad one changes nothing and is reported; the next good one deploys")
  func deploys() async throws {
    let office = try Office()
    try office.commit("first")
    await office.deploy()
    #expect(office.runner.snapshot.deployment.current == ["office/leave": 1])

    try office.write("workflows/office/leave.yaml", Office.leave.replacing("then: yes", with: "then: nowhere"))
    try office.commit("broken")
    await office.deploy()
    let report = try #require(office.runner.snapshot.deployment.reports.first)
    #expect(!report.isDeployed)
    #expect(report.findings.contains { $0.contains("nowhere") })
    #expect(office.runner.snapshot.deployment.current == ["office/leave": 1])

    try office.write("workflows/office/leave.yaml", Office.leave.replacing("Enjoy.", with: "Enjoy it."))
    try office.commit("good again")
    await office.deploy()
    #expect(office.runner.snapshot.deployment.current == ["office/leave": 2])
  }

  @Test("a change that does not change the meaning makes no new version")
  func sameMeaning() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    try office.write(
      "workflows/office/leave.yaml",
      "# a comment\n" + Office.leave.replacing("role:boss\naccess", with: "person:bob\naccess"))
    try office.commit()
    await office.deploy()
    #expect(office.runner.snapshot.deployment.current == ["office/leave": 1])
    #expect(office.runner.snapshot.deployment.reports.count == 2)
  }

  @Test("instances stay on their version")
  func pinned() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let old = try await office.start()
    try office.write(
      "workflows/office/leave.yaml", Office.leave.replacing("outcome: granted", with: "outcome: allowed"))
    try office.commit()
    await office.deploy()
    let decided = try await office.runner.submit(
      Request(by: "bob", .act(old.id.number, .decide(Command.Decide(.approve)))))
    #expect(decided.instance?.outcome == "granted")
    let new = try await office.start()
    #expect(new.version == 2)
  }

  @Test("what was acknowledged is there after a start from the record alone")
  func recovers() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let first = try await office.start()
    let second = try await office.start(["days": 9], by: "carl")
    _ = try await office.runner.submit(Request(by: "bob", .act(first.id.number, .decide(Command.Decide(.approve)))))
    let again = try Runner(
      store: office.store, newRepository: "unused", clock: { office.clock.now }, zones: Office.zones.rules)
    let (before, after) = (office.runner.snapshot, again.snapshot)
    #expect(after.live[first.id.number] == before.live[first.id.number])
    #expect(after.live[second.id.number] == before.live[second.id.number])
    #expect(after.work["bob"] == before.work["bob"])
    #expect(after.nextNumber == before.nextNumber)
    #expect(after.sequence == before.sequence)
    #expect(after.deployment.current == before.deployment.current)
    #expect(after.repository == "r1")
    #expect(after.term == before.term + 1)
  }

  @Test("every instance file equals the fold of its timeline, also in the archive")
  func folds() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    for index in 0..<12 {
      let instance = try await office.start(["days": .int(Int64(index))])
      guard index % 3 > 0 else { continue }
      let verdict: Decision.Verdict = index % 3 == 1 ? .approve : .reject
      _ = try await office.runner.submit(
        Request(by: "bob", .act(instance.id.number, .decide(Command.Decide(verdict, reason: "because")))))
    }
    await Dispatcher(runner: office.runner, performer: ScriptedPerformer(), logger: office.logger).drain()
    for number in 1..<office.runner.snapshot.nextNumber {
      let instance = try #require(try office.runner.instance(number))
      #expect(Instance.fold(try office.runner.timeline(of: number)) == instance)
      #expect(instance.isArchivable == (number % 3 != 1))
    }
    #expect(try office.runner.archived(before: nil, limit: 100).count == 8)
  }

  @Test("the same key and request get the first answer; another request is refused")
  func idempotency() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let request = Request(by: "anna", key: "k1", .start(workflow: "leave", input: ["days": 1]))
    let first = try await office.runner.submit(request)
    let second = try await office.runner.submit(request)
    #expect(second.isReplay)
    #expect(second.instance?.id == first.instance?.id)
    #expect(office.runner.snapshot.nextNumber == 2)
    var other = request
    other.verb = .start(workflow: "leave", input: ["days": 2])
    await #expect(throws: SubmitError.self) { try await office.runner.submit(other) }
  }

  @Test("what is asked for is spelled the same by every program, so that keys outlive the one that took them")
  func spelling() {
    let spelled: [(Request.Verb, String)] = [
      (.start(workflow: "leave", input: ["days": 1]), #"["start", "leave", {"days": 1}]"#),
      (
        .act(7, .decide(Command.Decide(.reject, reason: "no"))),
        #"["act", 7, "decide", "reject", null, null, null, "no", null, null, null, null]"#
      ),
      (
        .act(7, .complete(step: "fill", visit: 2, outcome: nil, result: [])),
        #"["act", 7, "complete", "fill", 2, null, []]"#
      ),
      (.act(7, .retry(step: nil, reason: "again")), #"["act", 7, "retry", null, "again"]"#),
      (
        .act(7, .jobDone(step: "pay", visit: 1, attempt: 2, result: "ok")),
        #"["act", 7, "job-done", "pay", 1, 2, "ok"]"#
      ),
      (
        .send(SentMessage(event: "paid", key: "42", payload: ["sum": 3])),
        #"["send", "paid", "42", null, null, {"sum": 3}]"#
      ),
    ]
    for (verb, text) in spelled {
      #expect(String(decoding: Request(by: "anna", verb).spelling, as: UTF8.self) == text)
    }
  }

  @Test("timers fire when their time has come, also those that were due while nobody ran")
  func timers() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let instance = try await office.start()
    let keeper = Timekeeper(runner: office.runner, logger: office.logger)
    await keeper.fireDue()
    #expect(office.runner.snapshot.live[instance.id.number] != nil)
    office.clock.advance(.seconds(11 * 86_400))
    let again = try Runner(
      store: office.store, newRepository: "unused", clock: { office.clock.now }, zones: Office.zones.rules)
    await Timekeeper(runner: again, logger: office.logger).fireDue()
    #expect(again.snapshot.ended[instance.id.number]?.outcome == "refused")
  }

  @Test("many callers at once are all answered, each instance once, and git finds the record sound")
  func concurrent() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<200 { group.addTask { try await office.start().id.number } }
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(numbers == Set(1...200))
    #expect(office.runner.snapshot.sequence < 150, "batches form by themselves")
    try Office.git(office.folder + "/state", "fsck", "--full", "--strict")
  }
}

@Suite("Deciding by commit")
struct IntakeTests {
  private func office() async throws -> (Office, Intake, Instance) {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let instance = try await office.start()
    let intake = Intake(runner: office.runner, repository: office.repository, logger: office.logger)
    await intake.step()
    return (office, intake, instance)
  }

  /// Edits a file of the inbox in a clone, commits as a person and pushes: stock git only.
  private func edit(_ office: Office, _ path: String, as person: String, _ change: (String) -> String) throws {
    let clone = office.folder + "-clone-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: clone) }
    try Office.git("/tmp", "clone", "--quiet", "--branch", "writ/inbox", office.folder, clone)
    let file = clone + "/" + path
    try Data(change(try String(contentsOfFile: file, encoding: .utf8)).utf8).write(to: URL(fileURLWithPath: file))
    try Office.git(clone, as: person, "commit", "--quiet", "--all", "--message", "decided")
    try Office.git(clone, "push", "--quiet", "origin", "HEAD:writ/inbox")
  }

  private func inbox(_ office: Office) throws -> [String] {
    try Office.git(office.folder, "ls-tree", "-r", "--name-only", "writ/inbox").split(separator: "\n").map(String.init)
  }

  @Test("an open request is shown to everybody who is asked, and gone when it is decided")
  func decides() async throws {
    let (office, intake, instance) = try await office()
    let folder = "\(instance.id).ok.1.ok"
    #expect(try inbox(office) == ["README.md", "\(folder)/bob.yaml", "\(folder)/carl.yaml"])
    try edit(office, "\(folder)/bob.yaml", as: "bob") {
      $0.replacing("decision:", with: "decision: approve", maxReplacements: 2)
    }
    await intake.step()
    let after = try #require(try office.runner.instance(instance.id.number))
    #expect(after.outcome == "granted")
    let entries = try office.runner.timeline(of: instance.id.number)
    let decided = entries.compactMap { if case .decided(let decided) = $0.event { decided } else { nil } }
    #expect(decided.map(\.by) == ["bob"])
    #expect(decided.map(\.assurance) == [.unverified])
    let event = try #require(entries.first { if case .decided = $0.event { true } else { false } }).number
    let evidence = try #require(try office.runner.evidence(of: instance.id.number, event: event))
    #expect(Hex.sha256(evidence) == decided[0].evidence)
    #expect(try inbox(office) == ["README.md"])
  }

  @Test("a commit that does not count is answered in the file, in words")
  func answers() async throws {
    let (office, intake, instance) = try await office()
    let path = "\(instance.id).ok.1.ok/bob.yaml"
    try edit(office, path, as: "anna") { $0.replacing("\ndecision:", with: "\ndecision: approve") }
    await intake.step()
    #expect(office.runner.snapshot.live[instance.id.number]?.visits.count == 1)
    let answer = try Office.git(office.folder, "show", "writ/inbox:\(path)")
    #expect(answer.hasPrefix("# NOT COUNTED"))
    #expect(answer.contains("started \(instance.id)"))

    try edit(office, path, as: "bob") { $0.replacing("\ndecision:", with: "\ndecision: perhaps") }
    await intake.step()
    #expect(try Office.git(office.folder, "show", "writ/inbox:\(path)").contains("perhaps"))

    try edit(office, path, as: "bob") { $0.replacing("\ndecision:", with: "\ndecision: approve") }
    await intake.step()
    #expect(try office.runner.instance(instance.id.number)?.outcome == "granted")
  }

  @Test("deleting files or committing from a stale tree loses nothing")
  func tidies() async throws {
    let (office, intake, instance) = try await office()
    let before = try inbox(office)
    let clone = office.folder + "-stale"
    defer { try? FileManager.default.removeItem(atPath: clone) }
    try Office.git("/tmp", "clone", "--quiet", "--branch", "writ/inbox", office.folder, clone)
    try Office.git(clone, "rm", "--quiet", "-r", ".")
    try Office.git(clone, as: "bob", "commit", "--quiet", "--message", "gone")
    try Office.git(clone, "push", "--quiet", "origin", "HEAD:writ/inbox")
    await intake.step()
    #expect(try inbox(office) == before.filter { $0 != "README.md" })
    #expect(office.runner.snapshot.live[instance.id.number] != nil)
  }

  @Test("a rewritten inbox freezes intake; the record is untouched")
  func rewritten() async throws {
    let (office, intake, instance) = try await office()
    try Office.git(office.folder, "update-ref", "refs/heads/writ/inbox", "main")
    await intake.step()
    #expect(office.runner.snapshot.live[instance.id.number] != nil)
    #expect(office.runner.snapshot.cursors["inbox"] != office.repository.ref("refs/heads/main")?.description)
  }

  @Test("an operator accepts a rewritten inbox, with a reason that the record keeps; what lay only there is not read")
  func acceptsRewrite() async throws {
    let (office, intake, instance) = try await office()
    try Office.git(office.folder, "update-ref", "refs/heads/writ/inbox", "main")
    let tip = try #require(office.repository.ref("refs/heads/main")?.description)
    await intake.step()
    #expect(intake.rewrite?.to == tip)
    for (commit, reason) in [("main", "x"), (tip, " \n")] {
      await #expect(throws: SubmitError.self) {
        _ = try await intake.accept(commit, by: "bob", reason: reason, key: nil)
      }
    }
    _ = try await intake.accept(tip, by: "bob", reason: "the server moved", key: nil)
    #expect(intake.rewrite == nil)
    let sequence = office.runner.snapshot.sequence
    let file = try AcceptanceFile(try #require(try office.store.read(AcceptanceFile.path(batch: sequence))))
    #expect(file.by == "bob" && file.reason == "the server moved" && file.rewrite.to == tip)
    await intake.step()
    #expect(try inbox(office).contains("\(instance.id).ok.1.ok/bob.yaml"))
    await #expect(throws: SubmitError.self) { _ = try await intake.accept(tip, by: "bob", reason: "again", key: nil) }
  }

  @Test("unknown people and copied files do not decide")
  func strangers() async throws {
    let (office, intake, instance) = try await office()
    let path = "\(instance.id).ok.1.ok/bob.yaml"
    try edit(office, path, as: "mallory") { $0.replacing("\ndecision:", with: "\ndecision: approve") }
    await intake.step()
    #expect(try Office.git(office.folder, "show", "writ/inbox:\(path)").contains("mallory@example.com"))
    #expect(office.runner.snapshot.live[instance.id.number]?.outcome == nil)
  }
}
