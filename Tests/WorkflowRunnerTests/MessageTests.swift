import CEL
import GitStore
import HashTreeCollections
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("Messages")
struct RunnerMessageTests {
  static let order = """
    writ: 1
    title: Order
    owner: role:boss
    access: {start: [role:employee]}
    input: {type: object, required: [order], properties: {order: {type: string}}}
    events:
      paid:
        schema: {type: object, required: [amount], properties: {amount: {type: integer}}}
        from: [role:boss]
        keep: 2d
    vars: {got: "0"}
    start: ask
    steps:
      ask: {type: task, assignees: [initiator], then: wait}
      wait: {type: wait, event: paid, key: input.order, set: {got: result.amount}, then: {paid: done}}
      done: {type: end, outcome: paid}
    """

  private func office() async throws -> Office {
    let office = try Office()
    try office.write("workflows/office/order.yaml", Self.order)
    try office.commit()
    await office.deploy()
    return office
  }

  private func start(_ office: Office, _ order: String = "o-1", asked: Bool = true) async throws -> Instance {
    let start = Request(by: "anna", .start(workflow: "order", input: ["order": .string(order)]))
    let instance = try #require(try await office.runner.submit(start).instance)
    return asked ? try await complete(office, instance) : instance
  }

  private func complete(_ office: Office, _ instance: Instance) async throws -> Instance {
    let complete = Command.Action.complete(step: "ask", visit: nil, outcome: nil, result: .null)
    return try #require(
      try await office.runner.submit(Request(by: "anna", .act(instance.id.number, complete))).instance)
  }

  private func send(
    _ office: Office, _ key: String = "o-1", id: String? = "t-1", amount: Value = 7, by person: PersonID = "bob"
  ) async throws -> Receipt {
    let sent = SentMessage(
      event: "paid", key: key, source: id == nil ? nil : "bank", id: id, payload: ["amount": amount])
    return try await office.runner.submit(Request(by: person, .send(sent)))
  }

  @Test("a message goes to every instance that waits for its name and key, once each, oldest visit first")
  func everybody() async throws {
    let office = try await office()
    let late = try await start(office, asked: false)
    let first = try await start(office)
    office.clock.advance(.seconds(1))
    _ = try await complete(office, late)
    let other = try await start(office, "o-2")
    let receipt = try await send(office)
    #expect(receipt.message?.standing == .delivered)
    #expect(receipt.message?.instances == [first.id, late.id])
    for id in [first.id, late.id] {
      #expect(office.runner.snapshot.instance(id.number)?.vars == ["got": 7])
      #expect(office.runner.snapshot.instance(id.number)?.outcome == "paid")
    }
    #expect(office.runner.snapshot.instance(other.id.number)?.status == .waiting)
  }

  @Test("one that comes early is kept for the first wait that opens, also over a restart")
  func early() async throws {
    let office = try await office()
    let instance = try await start(office, asked: false)
    let receipt = try await send(office)
    #expect(receipt.message?.standing == .kept)
    let again = try Runner(
      store: office.store, newRepository: "x", clock: { office.clock.now }, zones: Office.zones.rules)
    let complete = Command.Action.complete(step: "ask", visit: nil, outcome: nil, result: .null)
    let after = try await again.submit(Request(by: "anna", .act(instance.id.number, complete))).instance
    #expect(after?.outcome == "paid")
    #expect(after?.results["wait"]?.output == ["amount": 7])
    let number = try #require(receipt.message?.message.number)
    let file = try #require(again.snapshot.mailbox.messages[number])
    #expect(file.standing == .claimed)
    #expect(file.instances == [instance.id])
    let bytes = try #require(try office.store.read(StateLayout.message(number)))
    #expect(try MessageFile(bytes) == file)
  }

  @Test("one that nobody waits for within 'keep' is recorded as unclaimed, and after thirty days forgotten")
  func unclaimed() async throws {
    let office = try await office()
    let number = try #require(try await send(office).message?.message.number)
    let timekeeper = Timekeeper(runner: office.runner, logger: office.logger)
    office.clock.advance(.seconds(2 * 86_400 + 1))
    await timekeeper.fireDue()
    #expect(office.runner.snapshot.mailbox.messages[number]?.standing == .unclaimed)
    let instance = try await start(office)
    #expect(instance.status == .waiting)
    office.clock.advance(.seconds(29 * 86_400))
    await timekeeper.fireDue()
    #expect(office.runner.snapshot.mailbox.messages.isEmpty)
    #expect(try office.store.read(StateLayout.message(number)) == nil)
  }

  @Test("the same source and id within thirty days is answered as before, and has no effect")
  func twice() async throws {
    let office = try await office()
    let instance = try await start(office)
    let first = try await send(office)
    let second = try await start(office)
    let again = try await send(office, amount: 9)
    #expect(again.isReplay)
    #expect(again.message == first.message)
    #expect(first.message?.instances == [instance.id])
    #expect(office.runner.snapshot.instance(second.id.number)?.status == .waiting)
    let other = try await send(office, id: "t-2", amount: 9)
    #expect(other.message?.instances == [second.id])
  }

  @Test("nobody may send what no declaration lets them send, nor what its schema refuses")
  func refused() async throws {
    let office = try await office()
    let refusals: [(Rejection.Code, @Sendable () async throws -> Receipt)] = [
      (.notAllowed, { try await send(office, by: "anna") }), (.invalid, { try await send(office, amount: "much") }),
      (
        .notFound,
        {
          try await office.runner.submit(
            Request(by: "bob", .send(SentMessage(event: "gone", key: nil, payload: .null))))
        }
      ),
    ]
    for (code, send) in refusals {
      let error = await #expect(throws: SubmitError.self) { _ = try await send() }
      guard case .refused(let rejection)? = error else { continue }
      #expect(rejection.code == code)
    }
    #expect(office.runner.snapshot.mailbox.messages.isEmpty)
  }
}
