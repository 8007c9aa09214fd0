import Testing

/// What happened once, told as a scenario that is played for ever.
@Suite struct CaseVerbTests {
  private static let path = "workflows/team/purchase.test.yaml"

  @Test("a real instance becomes a scenario that plays; what stands in the file stays, nothing is written twice")
  func record() async throws {
    let scratch = try await Scratch.begun()
    try await scratch.writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=1200.00")
    try await scratch.writ("approve", "1", "--comment", "the old one is broken")
    try await scratch.writ("complete", "1")

    let shown = try await scratch.writ("case", "record", "purchase-1", "--dry-run")
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(shown.output.hasPrefix("# yaml-language-server: "), "\(shown.output)")
    #expect(throws: (any Error).self) { try scratch.read(Self.path) }

    let begun = try await scratch.writ("case", "record", "1")
    #expect(begun.status == 0 && begun.output == "\(Self.path):4\n", "\(begun.output)\(begun.errors)")
    #expect(try scratch.read(Self.path) == shown.output)
    try scratch.write(shown.output + "  # the lamps\n", to: Self.path)
    let more = try await scratch.writ("case", "record", "1", "--name", "A lamp, as it went")
    #expect(more.status == 0, "\(more.errors)")
    let text = try scratch.read(Self.path)
    #expect(text.hasPrefix(shown.output + "  # the lamps\n  - name: \"A lamp, as it went\"\n"))
    #expect(text.contains("- {approve: approve, reason: the old one is broken, by: "), "\(text)")
    #expect(text.contains("outcome: bought\n      path: [size, approve, buy, bought]"), "\(text)")
    let test = try await scratch.writ("test")
    #expect(test.status == 0 && test.output.contains("ok    A lamp, as it went"), "\(test.output)\(test.errors)")

    let again = try await scratch.writ("case", "record", "1", "--name", "A lamp, as it went")
    #expect(again.status == 1 && again.errors.contains("has a scenario 'A lamp, as it went' already"))
    #expect(try scratch.read(Self.path) == text)
  }

  @Test("what cannot be told is refused, and says why")
  func refusals() async throws {
    let scratch = try await Scratch.begun()
    #expect(try await scratch.writ("case", "record", "9").errors.contains("there is no instance '9'"))
    try await scratch.writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=1200.00")
    let workflow = "workflows/team/purchase.yaml"
    let text = try scratch.read(workflow)
    try scratch.write(text.replacing("decimal('25')", with: "decimal('2500')"), to: workflow)
    let other = try await scratch.writ("case", "record", "1")
    #expect(
      other.status == 1 && other.errors.contains("purchase-1 makes no scenario: played, it goes otherwise"),
      "\(other.errors)")
    try scratch.write(text + "nonsense: 1\n", to: workflow)
    #expect(try await scratch.writ("case", "record", "1").errors.contains("mend it first: writ check"))
  }
}
