import CEL
import Synchronization
import Testing
import WorkflowEngine

@testable import WorkflowRunner

/// What was held back for somebody until the same moment comes as one message.
@Suite("Digests")
struct DigestTests {
  private final class Postbox: Performer {
    let letters = Mutex<[Delivery]>([])
    let answer: Performed

    init(_ answer: Performed) { self.answer = answer }

    func perform(_ job: Owed.Job, settings: Settings) async -> Performed { .done([:]) }

    func deliver(
      _ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings
    ) async -> Performed {
      letters.withLock { $0.append(delivery) }
      return answer
    }
  }

  /// Two leaves that ask Bob, who reads at eight, and Carl, who is told at once.
  private func office() async throws -> Office {
    let office = try Office()
    let bob = "email: bob@example.com, roles: [employee, boss]"
    try office.write("people.yaml", Office.people.replacing(bob, with: "\(bob), notify: {digest: \"08:00\"}"))
    try office.write("writ.yaml", "writ: 1\ntitle: Test\nnotify: log\n")
    try office.commit()
    await office.deploy()
    for _ in 0..<2 { _ = try await office.start() }
    return office
  }

  private func drain(_ office: Office, _ postbox: Postbox) async -> [Delivery] {
    await Dispatcher(runner: office.runner, performer: postbox, logger: office.logger).drain()
    return postbox.letters.withLock { letters in
      defer { letters = [] }
      return letters
    }
  }

  @Test("a digest is one message, and everything in it is delivered with it")
  func bundle() async throws {
    let office = try await office()
    let postbox = Postbox(.done(.null))
    #expect(await drain(office, postbox).map(\.to) == [["carl"], ["carl"]])
    office.clock.advance(.seconds(86_400))
    let digest = await drain(office, postbox)
    #expect(digest.map(\.to) == [["bob"]])
    #expect(digest.first?.subject == "2 messages, first: Your turn: Approve the leave")
    #expect(digest.first?.body.contains("leave-1") == true && digest.first?.body.contains("leave-2") == true)
    for number in 1...2 { #expect(try office.runner.instance(number)?.deliveries == []) }
    #expect(await drain(office, postbox).isEmpty)
  }

  @Test("a digest that fails is tried again, each part for itself, and loses nothing")
  func failure() async throws {
    let office = try await office()
    office.clock.advance(.seconds(86_400))
    _ = await drain(office, Postbox(.failed(code: "network", message: "down")))
    for number in 1...2 { #expect(try office.runner.instance(number)?.deliveries.count == 2) }
    office.clock.advance(.seconds(60))
    let again = await drain(office, Postbox(.done(.null)))
    #expect(again.count { $0.to == ["bob"] } == 2)
    for number in 1...2 { #expect(try office.runner.instance(number)?.deliveries == []) }
  }
}
