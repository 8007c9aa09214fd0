import CEL
import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Reading workflows")
struct WorkflowReaderTests {
  /// The repository's own files.
  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let samples =
    ((try? FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "workflows").path)) ?? [])
    .filter { $0.hasSuffix(".yaml") && $0.count { $0 == "." } == 1 }.sorted()

  private static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appending(path: path)))
  }

  @Test("the repository's own workflows have nothing wrong", arguments: samples)
  func sample(_ path: String) throws {
    let name = String(path.dropLast(5))
    let read = WorkflowReader.read(try Self.bytes("workflows/" + path), file: path, name: name)
    // Schemas say so themselves as long as they cannot check patterns.
    let findings = read.findings.filter { $0.message != "patterns cannot be checked in this version" }
    #expect(FindingFormat.pretty.render(findings) == "")
    #expect(read.content?.name == name)
  }

  @Test("the repository's own people and settings have nothing wrong")
  func repository() throws {
    let people = PeopleReader.read(try Self.bytes("people.yaml"))
    #expect(FindingFormat.pretty.render(people.findings) == "")
    #expect(people.content?.calendars["office"]?.week.count == 7)
    let settings = SettingsReader.read(try Self.bytes("writ.yaml"))
    #expect(FindingFormat.pretty.render(settings.findings) == "")
    #expect(settings.content?.deployBranch == "main")
  }

  private func read(_ steps: String, head: String = "") throws -> Workflow {
    let text = "writ: 1\ntitle: T\nstart: a\n\(head)\nsteps:\n\(steps)\n  z: {type: end}\n"
    let read = WorkflowReader.read(Array(text.utf8), file: "a.yaml", name: "team/a")
    #expect(FindingFormat.pretty.render(read.findings) == "")
    return try #require(read.soundContent)
  }

  @Test("a single level stands on the step and is called after it")
  func singleLevel() throws {
    let workflow = try read(
      "  a: {type: approval, approvers: [role:x], require: 50%, due: 2d, then: {approved: z, rejected: z, returned: z}}"
    )
    guard case .approval(let approval) = workflow.step("a")?.kind else { return #expect(Bool(false)) }
    #expect(approval.levels.map(\.name) == ["a"])
    #expect(approval.levels.first?.require == .percentage(50))
    #expect(approval.levels.first?.due == .elapsed(.seconds(172_800)))
  }

  @Test("beside levels, the step's settings hold where a level says nothing")
  func commonSettings() throws {
    let workflow = try read(
      """
        a:
          type: approval
          delegates: none
          require: all
          levels:
            - {name: one, approvers: [owner]}
            - {name: two, approvers: [role:x, role:y], delegates: anyone, require: each-group, when: input.big}
          then: {approved: z, rejected: z, returned: z}
      """)
    guard case .approval(let approval) = workflow.step("a")?.kind else { return #expect(Bool(false)) }
    #expect(approval.levels.map(\.delegates) == [.none, .anyone])
    #expect(approval.levels.map(\.require) == [.all, .eachGroup])
    #expect(approval.levels.map { $0.when?.source } == [nil, "input.big"])
  }

  @Test("'then' names the one outcome that is possible")
  func targets() throws {
    let workflow = try read(
      """
        a: {type: task, assignees: [owner], outcomes: [fixed], then: b}
        b: {type: wait, for: 1d, then: c}
        c: {type: wait, event: paid, key: input.id, then: d}
        d: {type: table, rows: [{when: input.x, outcome: big, values: {n: 1}}, {outcome: big}], then: e}
        e: {type: service, uses: http, each: {in: input.list, max-parallel: 3, failures: keep}, then: z}
      """, head: "events: {paid: {from: [owner], keep: 2d}}")
    #expect(
      workflow.steps.map(\.then) == [["fixed": "b"], ["elapsed": "c"], ["paid": "d"], ["big": "e"], ["done": "z"], [:]])
    #expect(workflow.events.first?.keep == .elapsed(.seconds(172_800)))
    #expect(workflow.step("e")?.each?.keepsFailures == true)
  }

  @Test("literals under 'with' are typed as JSON spells them, quoted ones stay text")
  func literals() throws {
    let workflow = try read(
      """
        a:
          type: service
          uses: http
          with: {n: 10, x: 1.50, t: true, no: no, e: null, q: "10", s: 1_000, h: 0x1F, l: [1, "${vars.a}-b"], d: "$${a}"}
          then: z
      """)
    guard case .service(let service) = workflow.step("a")?.kind else { return #expect(Bool(false)) }
    let values = Dictionary(uniqueKeysWithValues: service.parameters.map { ($0.name, $0.value) })
    #expect(values["n"] == .literal(.int(10)))
    #expect(values["x"] == .literal(.double(1.5)))
    #expect(values["t"] == .literal(.bool(true)))
    #expect(values["no"] == .literal(.string("no")))
    #expect(values["e"] == .literal(.null))
    #expect(values["q"] == .literal(.string("10")))
    #expect(values["s"] == .literal(.string("1_000")))
    #expect(values["h"] == .literal(.string("0x1F")))
    #expect(
      values["l"]
        == .list([.literal(.int(1)), .template(Template(parts: [.formula(try Formula("vars.a")), .text("-b")]))]))
    #expect(values["d"] == .template(Template(text: "${a}")))
  }

  @Test("schemas keep the author's order of fields")
  func propertyOrder() throws {
    let workflow = try read(
      "  a: {type: task, assignees: [owner], form: {type: object, properties: {b: {type: string}, a: {type: string}}}, then: z}"
    )
    guard case .task(let task) = workflow.step("a")?.kind else { return #expect(Bool(false)) }
    #expect(task.form?.propertyOrder == ["/properties": ["b", "a"]])
  }

  @Test("a state machine is steps of states")
  func stateMachine() throws {
    let text = """
      writ: 1
      title: Order
      input: {type: object, properties: {quantity: {type: integer}}}
      vars: {open: input.quantity, note: {schema: {type: string}, value: "''"}}
      initial: draft
      states:
        draft: {moves: {submit: {by: [initiator], when: vars.open > 0, then: submitted}}}
        submitted: {approval: {approvers: [role:buyer], then: {approved: closed, rejected: draft, returned: draft}}}
        closed: {final: true}
      """
    let read = WorkflowReader.read(Array(text.utf8), file: "a.yaml", name: "order")
    #expect(FindingFormat.pretty.render(read.findings) == "")
    let workflow = try #require(read.soundContent)
    #expect(workflow.start == "draft")
    #expect(workflow.steps.map(\.type) == ["state", "state", "state"])
    #expect(workflow.step("submitted")?.then == ["approved": "closed", "rejected": "draft", "returned": "draft"])
  }

  @Test("what a file says wrongly does not hide what it says rightly")
  func goesOn() throws {
    let text =
      "writ: 1\ntitle: T\nstart: a\ndue: soon\nsteps:\n  a: {type: task, assignees: [owner, x y], colour: red, then: z}\n  z: {type: end}"
    let read = WorkflowReader.read(Array(text.utf8), file: "a.yaml", name: "a")
    #expect(read.findings.count == 3)
    #expect(read.content?.step("a")?.then == ["done": "z"])
    #expect(read.soundContent == nil)
  }
}
