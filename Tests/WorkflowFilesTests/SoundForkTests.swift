import Testing
import WorkflowEngine
import WorkflowFiles

/// What holds in forks, so that the rules keep quiet, and what does not.
@Suite("The checker in forks")
struct SoundForkTests {
  private func codes(_ steps: String, vars: String = "{}") throws -> [String] {
    let text = """
      writ: 1
      title: Fork
      owner: role:finance
      access: {start: [role:employee]}
      vars: \(vars)
      start: both
      steps:
      \(steps)
        meet: {type: join, of: both, then: tell}
        finished: {type: end}
      """
    let company = try RuleTests.Company(around: Array(text.utf8), at: "workflows/fork.yaml")
    return try RepositoryCheck.check(company).findings.map(\.code)
  }

  private static let fork = "  both: {type: gateway, mode: parallel, branches: [{then: mail}, {then: letter}]}\n"

  @Test("a join that waits for all knows what every branch has done")
  func joinKnowsItsBranches() throws {
    let found = try codes(
      Self.fork + """
          mail: {type: task, assignees: [role:it], then: meet}
          letter: {type: task, assignees: [role:finance], then: meet}
          tell: {type: notification, to: [initiator], subject: Done, body: "${steps.mail.by} and ${steps.letter.by}", then: finished}
        """)
    #expect(found == [])
  }

  @Test("a branch that may end is not known to have been gone through")
  func endedBranchIsUnknown() throws {
    let found = try codes(
      Self.fork + """
          mail: {type: task, assignees: [role:it], outcomes: [ok, no], then: {ok: sent, no: dropped}}
          sent: {type: task, assignees: [role:it], then: meet}
          dropped: {type: end}
          letter: {type: task, assignees: [role:finance], then: meet}
          tell: {type: notification, to: [initiator], subject: Done, body: "${steps.sent.by}", then: finished}
        """)
    #expect(found == ["W209"])
  }

  @Test("leaving a fork in words is sound")
  func leaving() throws {
    let found = try codes(
      Self.fork + """
          mail: {type: task, assignees: [role:it], outcomes: [ok, stop], then: {ok: meet, stop: stop}}
          stop: {type: notification, to: [initiator], subject: Stopped, body: Stopped, leave: both, then: tell}
          letter: {type: task, assignees: [role:finance], then: meet}
          tell: {type: notification, to: [initiator], subject: Done, body: Done, then: finished}
        """)
    #expect(found == [])
  }

  @Test("what is written before a fork and read inside is no clash")
  func writingBefore() throws {
    let found = try codes(
      """
        both: {type: gateway, mode: parallel, branches: [{then: mail}, {then: letter}]}
        mail: {type: task, assignees: [role:it], show: {A: vars.a}, then: meet}
        letter: {type: task, assignees: [role:finance], show: {A: vars.a}, then: meet}
        tell: {type: task, assignees: [initiator], set: {a: vars.a + 1}, outcomes: [again, ok], then: {again: both, ok: finished}}
      """, vars: "{a: \"1\"}")
    #expect(found == [])
  }

  @Test("what an error said can be read where it leads")
  func errorOutput() throws {
    let found = try codes(
      Self.fork + """
          mail: {type: service, uses: http, with: {url: "${config.payments_url}"}, on-error: [{then: failed}], then: meet}
          failed: {type: notification, to: [owner], subject: Oh, body: "${steps.mail.output.message}", then: meet}
          letter: {type: task, assignees: [role:finance], then: meet}
          tell: {type: notification, to: [initiator], subject: Done, body: Done, then: finished}
        """)
    #expect(found == [])
  }

  @Test("forks inside forks join from the inside out")
  func nested() throws {
    let found = try codes(
      """
        both: {type: gateway, mode: parallel, branches: [{then: inner}, {then: letter}]}
        inner: {type: gateway, mode: inclusive, branches: [{when: "1 < 2", then: mail}, {otherwise: call}]}
        mail: {type: task, assignees: [role:it], then: met}
        call: {type: task, assignees: [role:it], then: met}
        met: {type: join, of: inner, then: meet}
        letter: {type: task, assignees: [role:finance], then: meet}
        tell: {type: notification, to: [initiator], subject: Done, body: "${steps.letter.by}", then: finished}
      """)
    #expect(found == [])
  }

  @Test("a hostile file is answered with so many remarks of a kind and a word about the rest")
  func manyMistakes() throws {
    let tasks = (0..<300).map {
      "  t\($0): {type: task, assignees: [role:it], show: {A: vars.x\($0)}, then: finished}\n"
    }
    let found = try codes(
      Self.fork + tasks.joined() + """
          mail: {type: task, assignees: [role:it], then: meet}
          letter: {type: task, assignees: [role:finance], then: meet}
          tell: {type: notification, to: [initiator], subject: Done, body: Done, then: finished}
        """)
    #expect(found.count { $0 == "W203" } == 100)
    #expect(found.count { $0 == "W101" } == 100)
  }
}
