import CEL
import HTTPTypes
import Logging
import Synchronization
import Testing
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

@Suite("The API: jobs for workers")
struct JobRouteTests {
  private static var scan: Workflow {
    var service = ServiceStep(uses: "job")
    service.parameters = [
      Parameter(name: "type", value: .literal("scan")), Parameter(name: "page", value: .literal(.int(7))),
    ]
    service.retry.attempts = 2
    service.timeout = .elapsed(.seconds(30))
    var workflow = Workflow(
      name: "scan", title: "Scan", start: "scan",
      steps: [
        Step(id: "scan", kind: .service(service), then: ["done": "done"]),
        Step(id: "done", kind: .end(EndStep(outcome: "scanned"))),
      ])
    workflow.access.start = [.role("employee")]
    workflow.access.view = [.role("employee")]
    workflow.owner = .role("operator")
    return workflow
  }

  /// A runner with one job offered, whose clock the test turns.
  private final class Bench: Sendable {
    let runner: Runner
    let dispatcher: Dispatcher
    private let time: Clock

    final class Clock: Sendable {
      let now = Mutex(Scene.now)
    }

    init() async throws {
      let time = Clock()
      self.time = time
      runner = try Scene.runner { time.now.withLock { $0 } }
      dispatcher = Dispatcher(runner: runner, performer: Nobody(), logger: Logger(label: "tests"))
      var plan = Scene.plan
      plan.settings.workers = ["scan": [.role("finance")]]
      plan.report.versions["scan"] = 1
      plan.newVersions.append((DeployedWorkflow(workflow: JobRouteTests.scan, version: 1, digest: "scan"), []))
      _ = try await runner.submit(Request(by: "system:deployer", .deploy(plan)))
      _ = try await runner.submit(Request(by: "tomas", .start(workflow: "scan", input: [:])))
      await dispatcher.drain()
    }

    func wait(_ seconds: Int) async {
      time.now.withLock { $0 = $0.adding(.seconds(seconds)) }
      await dispatcher.drain()
    }

    func ask(_ path: String, _ body: Value, as person: String = "dara") async throws -> Client.Answer {
      try await Client(runner, as: person).post("/api/jobs/\(path)", body)
    }

    func take() async throws -> Value? {
      try await ask("activate", ["type": "scan"]).json["items"]?.listValue?.first
    }

    func standing() throws -> Instance? { try runner.instance(1) }
  }

  private struct Nobody: Performer {
    func perform(_ job: Owed.Job, settings: Settings) async -> Performed { .failed(code: "config", message: "") }
    func deliver(
      _ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings
    ) async -> Performed { .done(.null) }
  }

  @Test("a worker takes a job, is given its input, and its answer is the step's result")
  func complete() async throws {
    let bench = try await Bench()
    #expect(try await bench.ask("activate", ["type": "scan"], as: "tomas").status == 403)
    #expect(try await bench.ask("activate", ["type": "scann"]).status == 404)
    let job = try #require(try await bench.take())
    #expect(job["input"] == ["page": 7])
    #expect(job["attempt"] == 1)
    #expect(try await bench.take() == nil)
    let id = job["id"]?.stringValue ?? ""
    #expect(try await bench.ask("\(id)/complete", ["lease": "x", "result": [:]]).status == 409)
    let done = try await bench.ask("\(id)/complete", ["lease": job["lease"] ?? .null, "result": ["text": "hello"]])
    #expect(done.status == 200)
    #expect(try bench.standing()?.outcome == "scanned")
    #expect(try await bench.ask("\(id)/complete", ["lease": job["lease"] ?? .null]).status == 409)
  }

  @Test("a failure counts as an attempt, with its own code, and is offered again as the step says")
  func fail() async throws {
    let bench = try await Bench()
    let job = try #require(try await bench.take())
    let id = job["id"]?.stringValue ?? ""
    let failed = try await bench.ask(
      "\(id)/fail", ["lease": job["lease"] ?? .null, "code": "network", "message": "unplugged"])
    #expect(failed.status == 200)
    #expect(try await bench.take() == nil)
    await bench.wait(2)
    let again = try #require(try await bench.take())
    #expect(again["attempt"] == 2)
    _ = try await bench.ask("\(id)/fail", ["lease": again["lease"] ?? .null, "code": "jammed", "message": "paper"])
    #expect(try bench.standing()?.visits.first?.incident?.code == "jammed")
  }

  @Test("a worker that does not answer in time has failed; one that asks for more time has it")
  func timeout() async throws {
    let bench = try await Bench()
    let job = try #require(try await bench.take())
    let id = job["id"]?.stringValue ?? ""
    await bench.wait(20)
    #expect(try await bench.ask("\(id)/extend", ["lease": job["lease"] ?? .null, "seconds": 60]).status == 200)
    await bench.wait(40)
    #expect(try bench.standing()?.owed.count == 1)
    await bench.wait(30)
    #expect(try await bench.ask("\(id)/complete", ["lease": job["lease"] ?? .null]).status == 409)
    guard case .job(let open)? = try bench.standing()?.visits.first?.work else {
      Issue.record("no job is open")
      return
    }
    #expect(open.failures == 1)
  }

  @Test("a worker learns that its job is not needed any more")
  func cancelled() async throws {
    let bench = try await Bench()
    let job = try #require(try await bench.take())
    let id = job["id"]?.stringValue ?? ""
    _ = try await bench.runner.submit(Request(by: "omar", .act(1, .cancel(reason: "enough"))))
    let answer = try await bench.ask("\(id)/extend", ["lease": job["lease"] ?? .null, "seconds": 60])
    #expect(answer.status == 410 || answer.status == 409)
    #expect(try bench.standing()?.status == .cancelled)
  }
}
