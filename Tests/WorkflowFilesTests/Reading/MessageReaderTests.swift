import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Words of a workflow's own")
struct MessageReaderTests {
  private static let definition = """
    writ: 1
    title: Expense
    owner: person:ada
    access: {start: [role:boss]}
    input: {type: object, required: [amount], properties: {amount: {type: integer}, note: {type: string}}}
    vars: {amount: input.amount}
    start: go
    steps:
      go:
        type: approval
        approvers: [role:boss]
        then: {approved: tell, rejected: end, returned: end}
      tell: {type: notification, to: [initiator], subject: Paid, body: Thanks, then: end}
      end: {type: end}

    """

  @Test("mistakes are shown as their pictures say", arguments: BrokenFile.all(in: "messages"))
  func broken(_ file: BrokenFile) throws {
    let workflow = WorkflowReader.read(Array(Self.definition.utf8), file: "expense.yaml", name: "expense").content
    let read = MessageReader.read(try file.bytes(), file: "expense.de.messages.yaml", of: try #require(workflow))
    try file.expect(FindingFormat.pretty.render(read.findings))
  }

  private struct Tree: FileTree {
    var texts: [String: String]
    func files() -> [TreeFile] { texts.keys.sorted().map { TreeFile(path: $0, kind: .file) } }
    func read(_ path: String) -> [UInt8]? { texts[path].map { Array($0.utf8) } }
  }

  private func tree(_ files: [String: String]) -> Tree {
    let common = [
      "writ.yaml": "writ: 1\n", "workflows/expense.yaml": Self.definition,
      "people.yaml":
        "writ: 1\nroles: {boss: Boss}\npeople: {ada: {name: Ada, roles: [boss]}, bob: {name: Bob, roles: [boss]}}\n",
    ]
    return Tree(texts: common.merging(files) { $1 })
  }

  private func check(_ files: [String: String]) throws -> [String] {
    try RepositoryCheck.check(tree(files)).findings
      .filter { $0.code == "W050" }
      .map { "\($0.place.file):\($0.place.start?.line ?? 0): \($0.message)" }
  }

  private static let german = "writ: 1\nturn: {subject: Bitte, body: ['${message.step}']}\n"

  @Test("an occasion with words in one language needs words in the language that everybody else reads")
  func fallback() throws {
    let path = "workflows/expense.de.messages.yaml"
    #expect(
      try check([path: Self.german]) == [
        "\(path):2: 'turn' has words in 'de', but none in 'en', which everybody else reads"
      ])
    #expect(try check([path: Self.german, "workflows/expense.en.messages.yaml": Self.german]).isEmpty)
    #expect(try check([path: Self.german, "writ.yaml": "writ: 1\nlanguage: de\n"]).isEmpty)
  }

  @Test("a file of messages names its workflow and its language")
  func names() throws {
    #expect(
      try check(["workflows/other.de.messages.yaml": Self.german]) == [
        "workflows/other.de.messages.yaml:0: there is no workflow 'other' for these messages"
      ])
    #expect(
      try check(["workflows/expense.messages.yaml": Self.german]) == [
        "workflows/expense.messages.yaml:0: 'expense' is no language"
      ])
  }

  @Test("the words of what is deployed are read as those of a checked commit")
  func deployed() throws {
    let tree = tree(["workflows/expense.en.messages.yaml": Self.german])
    let checked = try RepositoryCheck.check(tree).settings.messages
    #expect(checked["expense"]?["en"]?.count == 1)
    #expect(try RepositoryCheck.policy(of: tree).settings.messages == checked)
  }
}
