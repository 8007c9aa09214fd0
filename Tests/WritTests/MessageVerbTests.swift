import Foundation
import Testing

/// Messages and moves, as people and gateways send and make them.
@Suite struct MessageVerbTests {
  private static let parcel = """
    writ: 1
    title: Parcel
    owner: person:ada
    access: {start: [person:ada]}
    object: input.parcel
    input: {type: object, required: [parcel], properties: {parcel: {type: string}}}
    vars: {weight: "0"}
    events:
      arrived: {schema: {type: object, required: [weight], properties: {weight: {type: integer}}}, from: [person:ada]}
    initial: packing
    states:
      packing:
        moves:
          send: {by: [initiator], form: {type: object, required: [weight], properties: {weight: {type: integer}}},
                 set: {weight: result.weight}, then: under_way}
      under_way:
        moves:
          arrived: {when: result.weight == vars.weight, then: here}
      here: {final: true}
    """

  private func scratch() async throws -> Scratch {
    let scratch = try await Scratch.begun(deployed: false)
    try scratch.write(Self.parcel, to: "workflows/team/parcel.yaml")
    try await scratch.writ.git("add", "--all")
    try await scratch.writ.git("commit", "--quiet", "--message", "Parcels")
    try await scratch.writ("deploy")
    return scratch
  }

  @Test("a move that is one's own is listed and made; an object has one live instance")
  func move() async throws {
    let scratch = try await scratch()
    #expect(try await scratch.writ("start", "parcel", "-i", "parcel=p-1").status == 0)
    #expect(try await scratch.writ("start", "parcel", "-i", "parcel=p-1").status == 3)
    #expect(try await scratch.writ("inbox").output.contains("move"))
    #expect(try await scratch.writ("move", "1").output.contains("send"))
    #expect(try await scratch.writ("move", "1", "sned").status == 5)
    let made = try await scratch.writ("move", "1", "send", "-i", "weight=3")
    #expect(made.status == 0, "\(made.errors)")
  }

  @Test("a message that comes early is kept, outlives the process, and is there for the state that waits for it")
  func early() async throws {
    let scratch = try await scratch()
    try await scratch.writ("start", "parcel", "-i", "parcel=p-1")
    let send = { () async throws in
      try await scratch.writ(
        "send", "arrived", "--key", "p-1", "--source", "carrier", "--id", "7", "-i", "weight=3")
    }
    let kept = try await send()
    #expect(kept.status == 0 && kept.output.contains("message 2 is kept"), "\(kept.errors)")
    let listed = try await scratch.writ("messages").output
    #expect(listed.contains("arrived") && listed.contains("p-1") && listed.contains("for 6 d"), "\(listed)")
    #expect(try await send().errors.contains("sent before"))
    try await scratch.writ("move", "1", "send", "-i", "weight=3")
    let log = try await scratch.writ("log", "1").output
    #expect(log.contains("sent the message 'arrived' about 'p-1' from carrier"))
    #expect(log.contains("with the outcome 'here'"))
    #expect(try await scratch.writ("verify").status == 0)
    #expect(try await scratch.writ("send", "arived").status == 5)
  }
}
