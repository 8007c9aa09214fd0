import Testing
import WorkflowFiles

@Suite("Fixes")
struct RepositoryFixTests {
  private struct Tree: FileTree {
    var texts: [String: String]
    func files() -> [TreeFile] { texts.keys.sorted().map { TreeFile(path: $0, kind: .file) } }
    func read(_ path: String) -> [UInt8]? { texts[path].map { Array($0.utf8) } }
  }

  private static let people = """
    writ: 1
    roles: {boss: Boss, staff: Staff}
    people:
      ada: {name: Ada, email: ada@example.com, roles: [boss]}
      bob: {name: Bob, email: bob@example.com, roles: [staff, boss]}
    """

  /// Sound, with comments and spaces of its author's.
  private static let sound = """
    writ: 1
    title: Leave   # of absence
    owner: role:boss
    access: {start: [role:staff]}
    input: {type: object, required: [days], properties: {days: {type: integer}}}
    vars: {note: {schema: {type: string}}}
    start: triage
    steps:
      triage:
        type: gateway
        branches:
          - {when: "input.days > 3",   then: approve}   # long ones
          - {otherwise: granted}
      approve:
        type: approval
        title: "Approve: the leave"
        approvers: [role:boss]
        expires: 30d
        then: {approved: granted, rejected: refused, returned: refused, expired: refused}
      granted: {type: end, outcome: granted}
      refused: {type: end, outcome: refused}

    """

  private func tree(_ workflow: String) -> Tree {
    Tree(texts: ["people.yaml": Self.people, "writ.yaml": "writ: 1\n", "workflows/leave.yaml": workflow])
  }

  private func fixed(_ workflow: String) throws -> (text: String, fix: RepositoryFix) {
    let fix = try RepositoryFix(tree(workflow))
    return (fix.edited["workflows/leave.yaml"].map { String(decoding: $0, as: UTF8.self) } ?? workflow, fix)
  }

  @Test("nothing changes where nothing is wrong")
  func leavesSoundFilesAlone() throws {
    let fix = try RepositoryFix(tree(Self.sound))
    #expect(fix.checked.findings.isEmpty, "\(fix.checked.findings)")
    #expect(fix.edited.isEmpty && fix.mended.isEmpty)
  }

  @Test(
    "a slip is mended where it stands, and nothing else in the file changes",
    arguments: [
      ("W002", "    approvers:", "    aprovers:"), ("W012", "then: approve}", "then: aprove}"),
      ("W012", "start: triage", "start: traige"), ("W006", "type: gateway", "type: gatway"),
      ("W010", "input.days > 3", "inptu.days > 3"), ("W002", "title: Leave", "titel: Leave"),
      ("W037", "\"Approve: the leave\"", "Approve: the leave"),
      ("W302", "[role:boss]\n    expires", "[role:bos]\n    expires"),
      ("W206", "input.days > 3", "input.dais > 3"), ("W002", "outcome: granted", "outcom: granted"),
    ])
  func mendsASlip(code: String, right: String, wrong: String) throws {
    let broken = Self.sound.replacing(right, with: wrong)
    #expect(broken != Self.sound)
    let (text, fix) = try fixed(broken)
    #expect(text == Self.sound)
    #expect(fix.mended.map(\.code) == [code])
    #expect(fix.checked.findings.isEmpty, "\(fix.checked.findings)")
  }

  @Test("several slips in one file are mended together, each once")
  func mendsAll() throws {
    let broken = Self.sound.replacing("then: approve}", with: "then: aprove}").replacing("titel", with: "title")
      .replacing("owner:", with: "onwer:").replacing("rejected: refused", with: "rejected: refusd")
    let (text, fix) = try fixed(broken)
    #expect(text == Self.sound)
    #expect(fix.mended.count == 3)
  }

  @Test("what has no near word, or would only become wrong in another way, stays and is reported")
  func leavesTheRest() throws {
    for wrong in ["then: zebra}", "then: refusedd, colour: red}"] {
      let broken = Self.sound.replacing("then: approve}", with: wrong)
      let fix = try RepositoryFix(tree(broken))
      #expect(fix.checked.hasErrors)
    }
    let fix = try RepositoryFix(tree(Self.sound.replacing("then: approve}", with: "then: zebra}")))
    #expect(fix.edited.isEmpty)
  }

  @Test("only the files that were named change")
  func keepsToTheNamed() throws {
    let broken = tree(Self.sound.replacing("start: triage", with: "start: traige"))
    #expect(try RepositoryFix(broken, only: ["people.yaml"]).edited.isEmpty)
    #expect(try RepositoryFix(broken, only: ["workflows/leave.yaml"]).edited.count == 1)
  }
}
