import CEL
import GitStore
import HashTreeCollections
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("A deployment moves running instances")
struct MigrationTests {
  /// The leave with a check before the notification: what waits for an approval fits, and what is being checked does not.
  private static func leave(_ step: String, _ migrate: String = "") -> String {
    Office.leave.replacing("approved: tell,", with: "approved: \(step),").replacing(
      "start: ok\nsteps:",
      with: "\(migrate)start: ok\nsteps:\n  \(step): {type: task, assignees: [role:boss], then: tell}")
  }

  /// Two instances on version 1: one waits for its approval, the other is at `look`.
  private func office() async throws -> Office {
    let office = try Office()
    try office.write("workflows/office/leave.yaml", Self.leave("look"))
    try office.commit()
    await office.deploy()
    _ = try await office.start()
    let second = try await office.start()
    _ = try await office.runner.submit(
      Request(by: "bob", .act(second.id.number, .decide(Command.Decide(.approve)))))
    return office
  }

  @Test("what fits moves in the deployment's own batch; what does not stays and is listed")
  func deploy() async throws {
    let office = try await office()
    try office.write("workflows/office/leave.yaml", Self.leave("examine", "migrate: {}\n"))
    try office.commit()
    let before = office.runner.snapshot.sequence
    await office.deploy()
    let world = office.runner.snapshot
    #expect(world.sequence == before + 1)
    #expect(world.live[1]?.version == 2 && world.live[2]?.version == 1)
    let report = try #require(world.deployment.reports.first?.migrations.first)
    #expect(report.moved == 1)
    #expect(report.stayed.map(\.instance.number) == [2])
    #expect(report.stayed[0].reasons.first?.hasPrefix("there is no step 'look' any more") == true)
    let timeline = try office.runner.timeline(of: 1)
    #expect(timeline.contains { if case .migrated(let it) = $0.event { it.by == "system:deployer" } else { false } })
    let again = try World.recovered(from: office.store, now: office.clock.now, newRepository: "")
    #expect(again.live[1] == world.live[1] && again.live[2] == world.live[2])
    #expect(again.deployment.reports.first?.migrations == [report])
  }

  @Test("what stayed goes on under its own version, and an operator moves it when it fits")
  func later() async throws {
    let office = try await office()
    try office.write(
      "workflows/office/leave.yaml", Self.leave("examine", "migrate: {steps: {look: examine}, from: [7]}\n"))
    try office.commit()
    await office.deploy()
    #expect(office.runner.snapshot.live[2]?.version == 1)
    try office.write("workflows/office/leave.yaml", Self.leave("examine", "migrate: {steps: {look: examine}}\n"))
    try office.commit()
    await office.deploy()
    let moved = try #require(office.runner.snapshot.live[2])
    #expect(moved.version == 3 && moved.visits.map(\.step) == ["examine"])
    _ = try await office.runner.submit(
      Request(by: "bob", .act(2, .complete(step: nil, visit: nil, outcome: nil, result: .null))))
    #expect(office.runner.snapshot.instance(2)?.outcome == "granted")
  }

  private static let claim = "renamed-from: office/leave\n"

  private func rename(_ office: Office, _ text: String) async throws {
    try Office.git(office.folder, "rm", "--quiet", "workflows/office/leave.yaml")
    try office.write("workflows/staff/time-off.yaml", text)
    try office.commit()
    await office.deploy()
  }

  @Test("a workflow whose file was moved goes on: numbers of versions, starts and calls by the old name, what runs")
  func renamed() async throws {
    let office = try await office()
    try await rename(office, Self.leave("look", Self.claim))
    let world = office.runner.snapshot
    #expect(world.deployment.reports.first?.isDeployed == true && world.deployment.reports.first?.retired == [])
    #expect(world.deployment.workflow("office/leave")?.workflow.name == "staff/time-off")
    #expect(world.deployment.workflow(named: "leave")?.version == 2)
    #expect(world.live[1]?.workflow == "office/leave" && world.live[1]?.version == 1)
    let third = try await office.start()
    #expect(third.workflow == "staff/time-off" && third.version == 2 && third.id.name == "time-off")
    _ = try await office.runner.submit(Request(by: "bob", .act(1, .decide(Command.Decide(.approve)))))
    #expect(office.runner.snapshot.live[1]?.visits.map(\.step) == ["look"])
    let again = try World.recovered(from: office.store, now: office.clock.now, newRepository: "")
    #expect(again.deployment.workflow(named: "leave")?.workflow.name == "staff/time-off")
  }

  @Test("'migrate' of a renamed workflow moves the instances of before, which keep their names")
  func renamedAndMoved() async throws {
    let office = try await office()
    try await rename(office, Self.leave("examine", Self.claim + "migrate: {steps: {look: examine}}\n"))
    let world = office.runner.snapshot
    #expect(world.deployment.reports.first?.migrations.first?.moved == 2)
    for number in 1...2 {
      let instance = try #require(world.live[number])
      #expect(instance.workflow == "staff/time-off" && instance.version == 2 && instance.id.name == "leave")
      #expect(try Instance.checkedFold(office.runner.timeline(of: number)) == instance)
    }
    _ = try await office.runner.submit(Request(by: "bob", .act(1, .decide(Command.Decide(.approve)))))
    let again = try World.recovered(from: office.store, now: office.clock.now, newRepository: "")
    #expect(again.live[1]?.visits.map(\.step) == ["examine"])
  }

  @Test("the name of before may be given to another workflow")
  func nameTakenAgain() async throws {
    let office = try await office()
    try await rename(office, Self.leave("look", Self.claim))
    try office.write("workflows/office/leave.yaml", Self.leave("examine"))
    try office.write("workflows/staff/time-off.yaml", Self.leave("look"))
    try office.commit()
    await office.deploy()
    let deployment = office.runner.snapshot.deployment
    #expect(deployment.workflow("office/leave")?.workflow.name == "office/leave")
    #expect(deployment.workflow("office/leave")?.version == 2 && deployment.workflow("staff/time-off")?.version == 3)
    #expect(deployment.formerNames(of: "staff/time-off").isEmpty)
  }

  @Test("the views of approvals that opened anew say so, and the old ones how they ended")
  func views() async throws {
    let office = try await office()
    try office.write("workflows/office/leave.yaml", Self.leave("look", "migrate: {}\n"))
    try office.commit()
    await office.deploy()
    let id = InstanceID(name: "leave", number: 1)
    let read = { (visit: Int) in
      let path = StateLayout.file(.approval(step: "ok", visit: visit), of: id)
      return String(decoding: try office.store.read(path) ?? [], as: UTF8.self)
    }
    #expect(try read(1).contains("outcome: moved on to version 2\n"))
    #expect(try read(1).contains("leave version 1"))
    #expect(try read(2).contains("leave version 2"))
  }
}
