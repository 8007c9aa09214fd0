import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("each, call and undo in files")
struct FlowTests {
  /// Findings about a hiring process with these steps, which stands beside a background check.
  private func findings(_ steps: String) throws -> [String] {
    let text = """
      # company: with-checks
      writ: 1
      title: Hire
      owner: role:it
      access: {start: [role:employee]}
      input:
        type: object
        required: [person, references]
        properties:
          person: {type: string, format: person}
          references:
            type: array
            items: {type: object, required: [name], properties: {name: {type: string}, phone: {type: string}}}
      vars: {answered: "0"}
      output: {answered: vars.answered}
      expires: {after: 30d, then: late}
      escalate: [{after: 20d, remind: true}]
      start: first
      steps:
      \(steps.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
        late: {type: end, outcome: late, undo: true}
        hired: {type: end, outcome: hired}
      """
    let path = "workflows/hire.yaml"
    let checked = try RepositoryCheck.check(RuleTests.Company(around: Array(text.utf8), at: path), only: [path])
    return checked.findings.filter { $0.severity != .note }.map { "\($0.code): \($0.message)" }
  }

  @Test("a process that calls, goes through a list and takes back is sound")
  func sound() throws {
    let found = try findings(
      """
      first:
        type: call
        workflow: background-check
        input: {person: input.person, years: "3"}
        on-error: [{code: child.failed, then: late}]
        then: {clean: references, objections: late}
      references:
        type: task
        assignees: [role:it]
        show: {Name: item.name}
        form: {type: object, required: [good], properties: {good: {type: boolean}}}
        each: {in: input.references, max-parallel: 2, until: "output.exists(o, !o.?output.?good.orValue(true))"}
        expires: 5d
        set: {answered: size(result)}
        then: book
      book:
        type: service
        uses: http
        with: {method: PUT, url: "${config.payments_url}/desks"}
        output: {type: object, required: [body], properties: {body: {type: object, required: [id], properties: {id: {type: string}}}}}
        undo: {uses: http, with: {method: DELETE, url: "${config.payments_url}/desks/${result.body.id}"}}
        then: hired
      """)
    #expect(found == [])
  }

  @Test("a field of an item that nobody declared is an error where it stands")
  func itemTypes() throws {
    let found = try findings(
      """
      first: {type: task, assignees: [role:it], show: {Name: item.nmae}, each: {in: input.references}, then: hired}
      """)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("W201") == true)
  }

  @Test("what takes a service back is checked like a service")
  func undo() throws {
    let found = try findings(
      """
      first:
        type: service
        uses: http
        with: {method: PUT, url: "${config.payments_url}/desks"}
        undo: {uses: htpp, with: {url: "https://x.example.com", token: abc}}
        then: hired
      """)
    #expect(found.map { $0.prefix(4) } == ["W401", "W406"])
  }
}
