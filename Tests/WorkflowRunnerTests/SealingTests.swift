import CEL
import Foundation
import GitStore
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("Sensitive values in the record")
struct SealingTests {
  private static let iban = "DE89370400440532013000"

  private static let workflow = """
    writ: 1
    title: Bank details
    owner: role:boss
    access: {start: [role:employee]}
    events:
      confirmed: {schema: {type: object, properties: {pin: {type: string, sensitive: true}}}, from: [role:boss]}
    input:
      type: object
      required: [iban]
      properties: {iban: {type: string, minLength: 15, sensitive: true, title: Account}}
    vars: {copy: input.iban}
    start: ok
    steps:
      ok:
        type: approval
        title: Approve the account
        approvers: [role:boss]
        show: {Account: input.iban}
        then: {approved: ask, rejected: no, returned: no}
      ask:
        type: task
        assignees: [initiator]
        form: {type: object, required: [born], properties: {born: {type: string, sensitive: true, title: Born}}}
        then: pay
      pay:
        type: service
        uses: http
        with: {method: PUT, url: "https://bank.example/${input.iban}", body: {born: "${steps.ask.output.born}"}}
        output: {type: object, properties: {receipt: {type: string, sensitive: true}}}
        then: wait
      wait: {type: wait, event: confirmed, then: {confirmed: yes}}
      yes: {type: end, outcome: granted}
      no: {type: end, outcome: refused}
    output: {iban: vars.copy}
    """

  private func office(store: (any RecordStore)? = nil) async throws -> Office {
    let office = try Office(store: store)
    try office.write("workflows/office/bank.yaml", Self.workflow)
    try office.commit()
    await office.deploy()
    return office
  }

  private func start(_ office: Office, key: String? = nil) async throws -> Instance {
    let request = Request(by: "anna", key: key, .start(workflow: "bank", input: ["iban": .string(Self.iban)]))
    return try #require(try await office.runner.submit(request).instance)
  }

  @Test("no file of the record, in any commit, holds one in clear, whichever door it came by")
  func nowhereInClear() async throws {
    let office = try await office()
    let runner = office.runner
    _ = try await runner.submit(
      Request(
        by: "bob",
        .send(SentMessage(event: "confirmed", key: nil, source: "bank", id: "1", payload: ["pin": "early-9876"]))))
    let instance = try await start(office, key: "once")
    _ = try await runner.submit(Request(by: "bob", .act(instance.id.number, .decide(Command.Decide(.approve)))))
    _ = try await runner.submit(
      Request(
        by: "anna",
        .act(instance.id.number, .complete(step: nil, visit: nil, outcome: nil, result: ["born": "1970-04-01"]))))
    let performer = ScriptedPerformer { job in
      let request = runner.sealing.filled(.map(job.request))
      let isOpen =
        request["body"]?["born"] == "1970-04-01" && request["url"] == .string("https://bank.example/\(Self.iban)")
      return isOpen ? .done(["body": ["receipt": "receipt-555"]]) : .failed(code: "no", message: "\(request)")
    }
    await Dispatcher(runner: runner, performer: performer, logger: office.logger).drain()
    let ended = try #require(try runner.instance(instance.id.number))
    #expect(ended.outcome == "granted")
    #expect(runner.sealing.opened(ended).output == ["iban": .string(Self.iban)])
    #expect(runner.sealing.opened(ended).results["wait"]?.output == ["pin": "early-9876"])

    var bytes: [UInt8] = []
    for commit in try office.store.history(limit: 100) {
      bytes += commit.message.utf8
      let snapshot = try office.store.snapshot(commit.id)
      try snapshot.walk(under: "") { path, _ throws(StoreError) in
        if !path.hasPrefix("deployed/") { bytes += try snapshot.read(path) ?? [] }
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("$sealed"))
    for clear in [Self.iban, "early-9876", "1970-04-01", "receipt-555"] { #expect(!text.contains(clear), "\(clear)") }
    #expect(Instance.fold(try runner.timeline(of: instance.id.number)) == ended)
  }

  @Test("what does not hold is refused before it is sealed")
  func checked() async throws {
    let office = try await office()
    let error = await #expect(throws: SubmitError.self) {
      try await office.runner.submit(Request(by: "anna", .start(workflow: "bank", input: ["iban": "short"])))
    }
    guard case .refused(let rejection)? = error else {
      Issue.record("it was taken")
      return
    }
    #expect(rejection.violations.map(\.pointer) == ["/iban"])
    #expect(!rejection.message.contains("short"))
  }

  @Test("nobody can bring a seal of their own")
  func forged() async throws {
    let office = try await office()
    await #expect(throws: SubmitError.self) {
      try await office.runner.submit(
        Request(by: "anna", .start(workflow: "bank", input: ["iban": ["$sealed": "1.00000000.AAAA"]])))
    }
  }

  @Test("the same request by the same key is known again after a start, though its digest is a secret")
  func idempotent() async throws {
    let office = try await office()
    let first = try await start(office, key: "once")
    let again = try Runner(
      store: office.store, newRepository: "unused", clock: { office.clock.now }, zones: Office.zones.rules)
    let request = Request(by: "anna", key: "once", .start(workflow: "bank", input: ["iban": .string(Self.iban)]))
    let receipt = try await again.submit(request)
    #expect(receipt.isReplay)
    #expect(receipt.instance?.id == first.id)
    #expect(again.sealing.opened(first).input == ["iban": .string(Self.iban)])
  }

  @Test("a form that asks for one is not filled in by a commit")
  func notByCommit() async throws {
    let office = try await office()
    let instance = try await start(office)
    _ = try await office.runner.submit(Request(by: "bob", .act(instance.id.number, .decide(Command.Decide(.approve)))))
    let definition = try #require(office.runner.snapshot.deployment.workflow(of: instance))
    let binding = InboxBinding(
      repository: "r1", instance: instance.id, step: "ask", visit: 1, definition: instance.definition, person: "anna")
    let completion = InboxCompletion(binding: binding, outcome: "done", fields: ["born": "1970-04-01"])
    let rejection = #expect(throws: Rejection.self) { try completion.command(in: definition) }
    #expect(rejection?.hint == "fill it in on the page of your inbox, or with 'writ complete \(instance.id.number)'")
  }

  @Test("equal values look different, and length tells little")
  func seals() {
    let keys = SealingKeys([Array(repeating: 7, count: 32)])
    let (one, other, long) = (keys.seal("a"), keys.seal("a"), keys.seal("abcdefghijklmnopqrstuvwxyz"))
    #expect(one != other)
    #expect(one.sealedText?.utf8.count == long.sealedText?.utf8.count)
    for value: Value in ["a", 1, ["x": [true, .null]], .double(1.5), .string(String(repeating: "ü\n", count: 900))] {
      #expect(keys.opened(keys.seal(value)) == value)
    }
  }

  @Test("an older key still opens; what no key opens, or was changed, stays sealed")
  func otherKeys() {
    let (old, new) = (Array(repeating: UInt8(1), count: 32), Array(repeating: UInt8(2), count: 32))
    let sealed = SealingKeys([old]).seal("a")
    #expect(SealingKeys([new, old]).opened(sealed) == "a")
    #expect(SealingKeys([new]).opened(sealed) == sealed)
    let text = sealed.sealedText ?? ""
    for broken in [String(text.dropLast(8)) + "AAAAAAA=", "2" + text.dropFirst(), "1.x", ""] {
      #expect(SealingKeys([old]).open(broken) == nil, "\(broken)")
    }
  }
}
