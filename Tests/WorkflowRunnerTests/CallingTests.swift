import CEL
import HashTreeCollections
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("Callers and children")
struct CallingTests {
  private static let parent = """
    writ: 1
    title: Hire
    owner: role:boss
    access: {start: [role:employee]}
    input: {type: object, properties: {days: {type: integer, default: 3}}}
    start: check
    steps:
      check:
        type: call
        workflow: office/leave
        input: {days: input.days}
        then: {granted: hired, refused: sorry}
      hired: {type: end, outcome: hired}
      sorry: {type: end, outcome: sorry}
    """

  private func office() async throws -> Office {
    let office = try Office()
    try office.write("workflows/office/hire.yaml", Self.parent)
    try office.commit()
    await office.deploy()
    return office
  }

  private func hire(_ office: Office) async throws -> (parent: Instance, child: Instance) {
    let started = try await office.runner.submit(
      Request(by: "anna", .start(workflow: "hire", input: [:])))
    let parent = try #require(started.instance?.id.number)
    let world = office.runner.snapshot
    let child = try #require(world.instance(parent)?.children.first)
    return (try #require(world.instance(parent)), try #require(world.instance(child.number)))
  }

  @Test("a child is started in the batch that called it, with initiator and caller")
  func starts() async throws {
    let office = try await office()
    let (parent, child) = try await hire(office)
    #expect(child.initiator == "anna")
    #expect(child.caller?.instance == parent.id)
    #expect(child.input["days"] == 3)
  }

  @Test("the child's end comes back in the batch that holds it")
  func comesBack() async throws {
    let office = try await office()
    let (parent, child) = try await hire(office)
    _ = try await office.runner.submit(Request(by: "bob", .act(child.id.number, .decide(Command.Decide(.approve)))))
    #expect(office.runner.snapshot.instance(parent.id.number)?.outcome == "hired")
  }

  @Test("cancelling the parent cancels the child")
  func cancels() async throws {
    let office = try await office()
    let (parent, child) = try await hire(office)
    _ = try await office.runner.submit(Request(by: "bob", .act(parent.id.number, .cancel(reason: nil))))
    #expect(office.runner.snapshot.instance(child.id.number)?.status == .cancelled)
  }

  @Test("a child that is refused by its own schema is an incident of the caller")
  func refused() async throws {
    let office = try await office()
    try office.write(
      "workflows/office/hire.yaml", Self.parent.replacing("days: input.days", with: "days: input.?days.orValue(7)"))
    try office.write("workflows/office/leave.yaml", Office.leave.replacing("title: Days", with: "maximum: 5"))
    try office.commit()
    await office.deploy()
    let started = try await office.runner.submit(
      Request(by: "anna", .start(workflow: "hire", input: ["days": 9])))
    let parent = try #require(office.runner.snapshot.instance(started.instance!.id.number))
    #expect(parent.visits.first?.incident?.code == "child.refused")
    #expect(office.runner.snapshot.live.count == 1)
  }

  @Test("what was owed when the process ended is done by the next one, once")
  func recovers() async throws {
    let office = try await office()
    let (parent, child) = try await hire(office)
    let again = try Runner(
      store: office.store, newRepository: "unused", clock: { office.clock.now }, zones: Office.zones.rules)
    #expect(again.snapshot.instance(parent.id.number) == office.runner.snapshot.instance(parent.id.number))
    #expect(again.snapshot.instance(child.id.number) == office.runner.snapshot.instance(child.id.number))
    #expect(again.snapshot.errands.isEmpty)

    var world = again.snapshot
    var caller = try #require(world.live[parent.id.number])
    world.live[parent.id.number] = nil
    #expect(world.orphans == [.abandon(child: child.id.number)])
    if case .call(var call) = caller.visits[0].work {
      call.child = nil
      caller.visits[0].work = .call(call)
    }
    #expect(
      Errand.arising(from: nil, to: caller) == [.start(caller: parent.id.number, VisitID(step: "check", visit: 1))])
  }

  @Test("a deploy that breaks a caller version still alive is refused")
  func brokenDeploy() async throws {
    let office = try await office()
    let (parent, _) = try await hire(office)
    try office.write(
      "workflows/office/hire.yaml", Self.parent.replacing("granted: hired", with: "allowed: hired"))
    try office.write(
      "workflows/office/leave.yaml", Office.leave.replacing("outcome: granted", with: "outcome: allowed"))
    try office.commit()
    await office.deploy()
    let report = try #require(office.runner.snapshot.deployment.reports.first)
    #expect(!report.isDeployed)
    #expect(report.findings.contains { $0.contains("version 1 of office/hire, on which one instance runs") })

    _ = try await office.runner.submit(Request(by: "bob", .act(parent.id.number, .cancel(reason: nil))))
    try office.write("writ.yaml", "writ: 1\ntitle: Other\n")
    try office.commit()
    await office.deploy()
    #expect(office.runner.snapshot.deployment.reports.first?.isDeployed == true)
  }
}
