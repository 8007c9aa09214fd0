import Testing
import WorkflowFiles

/// Where a plain path may lead to nothing, and what is known of a variable afterwards.
@Suite("The checker and what may be absent")
struct AbsenceTests {
  private func codes(set: String, then: String) throws -> [String] {
    let text = """
      writ: 1
      title: Absence
      owner: role:finance
      access: {start: [role:employee]}
      input: {type: object, properties: {kind: {type: string}}}
      vars: {note: {schema: {type: string}}}
      start: write
      steps:
        write:
          type: task
          assignees: [initiator]
          show: {Kind: input.kind}
          form: {type: object, properties: {note: {type: string}, must: {type: string}}, required: [must]}
          prefill: {note: vars.note}
          set: {note: \(set)}
          then: tell
        tell: {type: notification, to: [initiator], subject: Done, body: "\(then)", then: finished}
        finished: {type: end}
      output: {note: vars.note}
      """
    let company = try RuleTests.Company(around: Array(text.utf8), at: "workflows/absence.yaml")
    return try RepositoryCheck.check(company).findings.map(\.code)
  }

  @Test("a path, or an optional, gives a name its value or none", arguments: ["result.note", "result.?note"])
  func carried(set: String) throws {
    #expect(try codes(set: set, then: "thanks") == [])
    #expect(try codes(set: set, then: "${vars.note}") == ["W216"])
    #expect(try codes(set: set, then: "${vars.?note.orValue('nothing')}") == [])
  }

  @Test("a variable that surely got its value can be read")
  func sure() throws {
    #expect(try codes(set: "result.must", then: "${vars.note}") == [])
  }

  @Test("computing with what may be absent is an error")
  func computed() throws {
    #expect(try codes(set: "result.note + '!'", then: "thanks") == ["W207"])
  }
}
