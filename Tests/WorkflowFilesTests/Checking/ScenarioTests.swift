import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Scenarios beside a workflow")
struct ScenarioTests {
  /// One task, one service, one deadline.
  private static let workflow = """
    writ: 1
    title: Loan
    owner: role:finance
    access: {start: [role:employee], operate: [role:finance]}
    input: {type: object, required: [what], properties: {what: {type: string}}}
    vars: {price: {value: "decimal('0')"}}
    start: hand_out
    steps:
      hand_out: {type: task, assignees: [role:it], form: {type: object, required: [price], properties: {price: {type: string, format: decimal}}}, set: {price: result.price}, expires: 2d, then: {done: book, expired: late}}
      book: {type: service, uses: http, with: {method: PUT, url: "https://books.example/loans"}, idempotent: true, retry: {attempts: 2, first: 1m}, then: tell}
      tell: {type: notification, to: [initiator], subject: "Here is ${input.what}", body: Enjoy, then: lent}
      lent: {type: end, outcome: lent}
      late: {type: end, outcome: late}
    """

  /// A child, and a task per item; in the company where a background check stands beside it.
  private static let callingWorkflow = """
    # company: with-checks
    writ: 1
    title: Hire
    owner: role:it
    access: {start: [role:employee]}
    input: {type: object, required: [references], properties: {references: {type: array, items: {type: string}}}}
    start: check
    steps:
      check: {type: call, workflow: background-check, input: {person: instance.initiator, years: "3"}, expires: 5d, then: {clean: ask, objections: gone, expired: gone}, on-error: [{then: gone}]}
      ask: {type: task, assignees: [role:employee], each: {in: input.references}, then: hired}
      hired: {type: end, outcome: hired}
      gone: {type: end, outcome: gone}
    """

  private func suite(_ scenario: String, of workflow: String = workflow) throws -> ScenarioSuite {
    var company = try RuleTests.Company(around: Array(workflow.utf8), at: "workflows/loan.yaml")
    let lines = scenario.split(separator: "\n").joined(separator: "\n    ")
    company.texts["workflows/loan.test.yaml"] = Array("writ: 1\nscenarios:\n  - name: It\n    \(lines)\n".utf8)
    return ScenarioSuite(of: try RepositoryCheck.check(company), zones: { _ in nil })
  }

  private func failures(_ scenario: String) throws -> [String] {
    try suite(scenario).failures.map { "\($0.place.start?.line ?? 0) \($0.message)" }
  }

  @Test("a story that goes as it is told has no findings, and covers what it went through")
  func asTold() throws {
    let suite = try suite(
      """
      start: {by: maya, input: {what: a drill}}
      services: {book: [{fails: http.503}, {status: 201}]}
      play:
        - {complete: hand_out, by: maya, refused: not-allowed}
        - {complete: hand_out, by: nadia, result: {price: "12.50"}}
        - {advance: 1m}
      expect: {path: [hand_out, book, tell, lent], outcome: lent, vars: {price: "12.5"}, told: [{to: maya, subject: Here is a drill}]}
      """)
    #expect(suite.failures.isEmpty, "\(suite.failures.map(\.message))")
    #expect(suite.coverage["loan"]?.missedSteps == ["late"])
    #expect(suite.coverage["loan"]?.summary == "4 of 5 steps, 3 of 4 ways")
  }

  @Test("a start that is refused is a whole story", arguments: ["invalid", "anyhow"])
  func refusedStart(code: String) throws {
    let suite = try suite("start: {by: maya, input: {}, refused: \(code)}")
    #expect(suite.failures.map(\.message) == [])
    #expect(suite.played.count == 1)
  }

  @Test(
    "whatever goes otherwise is said at the line that tells it",
    arguments: [
      ("start: {by: nobody, input: {what: x}}\nexpect: {}", "4 the instance does not start: nobody may not start loan"),
      (
        "start: {by: maya}\nexpect: {}",
        "4 the instance does not start: what is required"
      ),
      ("start: {by: maya, input: {what: x}}\nexpect: {outcome: lent}", "5 the instance has not ended"),
      (
        "start: {by: maya, input: {what: x}}\nplay: [{advance: 3d}]\nexpect: {path: [hand_out, book]}",
        "6 here it goes to 'late', not to 'book'"
      ),
      ("start: {by: maya, input: {what: x}}\nexpect: {waiting: [book]}", "5 what waits is hand_out"),
      (
        "start: {by: maya, input: {what: x}}\nplay: [{complete: hand_out, by: nadia, result: {price: '1'}}]\nexpect: {}",
        "5 'book' asks a service (http), and the scenario has no answer"
      ),
      (
        "start: {by: maya, input: {what: x}}\nplay: [{complete: hand_out, by: nadia, refused: anyhow, result: {price: '1'}}]\n"
          + "services: {book: {status: 200}}\nexpect: {}", "5 this was to be refused, but it was done"
      ),
      (
        "start: {by: maya, input: {what: x}}\nplay: [{complete: hand_out, by: nadia, result: {price: '1'}}]\n"
          + "services: {book: {status: 200}}\nexpect: {told: []}", "7 one more message is sent: 'Here is x' from 'tell'"
      ),
      (
        "start: {by: maya, input: {what: x}}\nplay: [{complete: hand_ot, by: nadia}]\nexpect: {}",
        "5 no step is named 'hand_ot'"
      ),
      ("start: {by: maya, input: {what: x}}\nplay: [{by: nadia}]\nexpect: {}", "5 exactly one thing happens here"),
      ("start: {by: maya, input: {what: x}}", "3 a scenario needs 'expect'"),
      ("start: {by: maya, input: {what: x}, refused: anyhow}", "4 this was to be refused, but it was done"),
      (
        "start: {by: maya, refused: not-allowed}",
        "4 this is refused as invalid, not as not-allowed: what is required"
      ),
      (
        "start: {by: maya, refused: invalid}\nexpect: {}", "5 nothing comes after a start that is refused"
      ),
    ])
  func otherwise(_ scenario: String, _ expected: String) throws {
    let first = try failures(scenario).first
    #expect(first == expected)
  }

  @Test(
    "a child ends as the story says, when it says, and items are told apart",
    arguments: [
      (
        "children: {check: {outcome: clean}}\nplay: [{complete: ask, item: 2, by: W}, {complete: ask, item: 1, by: W}]",
        "hired"
      ),
      ("children: {check: {outcome: objections}}", "gone"),
      ("children: {check: {refused: unknown person}}", "gone"),
      ("children: {check: {outcome: clean, after: 6d}}\nplay: [{advance: 5d}]", "gone"),
      (
        "children: {check: {outcome: objections, after: 2d}}\nplay: [{expect: {waiting: [check]}}, {advance: 2d}]",
        "gone"
      ),
    ])
  func children(_ story: String, _ outcome: String) throws {
    let who = "maya"
    let suite = try suite(
      "start: {by: \(who), input: {references: [a, b]}}\n" + story.replacing("by: W", with: "by: \(who)")
        + "\nexpect: {outcome: \(outcome)}", of: Self.callingWorkflow)
    #expect(suite.failures.isEmpty, "\(suite.failures.map(\.message))")
  }

  @Test("children of an 'each' are told item by item")
  func childrenOfItems() throws {
    let workflow = """
      # company: with-checks
      writ: 1
      title: Hire several
      owner: role:it
      access: {start: [role:employee]}
      start: check
      steps:
        check: {type: call, workflow: background-check, each: {in: "['maya', 'nadia', 'lena']", failures: keep}, input: {person: item, years: "3"}, expires: 2d, then: done}
        done: {type: end}
      output: {outcomes: "steps.check.output.map(o, o.outcome)"}
      """
    let suite = try suite(
      """
      start: {by: maya}
      children: {check: [{outcome: clean}, {refused: unknown}, {outcome: clean, after: 3d}]}
      play: [{advance: 2d}]
      expect: {output: {outcomes: [clean, failed, expired]}}
      """, of: workflow)
    #expect(suite.failures.map(\.message) == [])
  }

  @Test(
    "a child that nobody speaks of, and an item that is not open, are said",
    arguments: [
      ("play: []", "'check' starts a child, and the scenario does not say what becomes of it"),
      ("children: {check: {outcome: clean}}\nplay: [{complete: ask, item: 3, by: maya}]", "item 3 is not open"),
    ])
  func withoutChildren(_ story: String, _ message: String) throws {
    let suite = try suite(
      "start: {by: maya, input: {references: [a, b]}}\n\(story)\nexpect: {}", of: Self.callingWorkflow)
    #expect(suite.failures.first?.message == message)
  }

  @Test(
    "an amount is compared as an amount, however it is spelt",
    arguments: [
      "vars: {net: 12.5}", "vars: {net: '12.50'}", "output: {net: '12.500'}", "output: {net: 12.5, all: [2]}",
    ])
  func amounts(_ expected: String) throws {
    let workflow = """
      writ: 1
      title: Net
      owner: role:it
      access: {start: [role:employee]}
      vars: {net: "decimal('12.50')"}
      start: done
      steps: {done: {type: end}}
      output: {net: vars.net, all: "[decimal('2.0')]"}
      """
    let suite = try suite("start: {by: maya}\nexpect: {\(expected)}", of: workflow)
    #expect(suite.failures.map(\.message) == [])
  }

  @Test("a calendar that writ.yaml names and people.yaml does not have is said there, once")
  func unknownCalendar() throws {
    let workflow = Self.workflow.replacing("expires: 2d", with: "due: 1 business day, expires: 2 business days")
    var company = try RuleTests.Company(around: Array(workflow.utf8), at: "workflows/loan.yaml")
    company.texts["writ.yaml"] = Array("writ: 1\ncalendar: ofice\n".utf8)
    let found = try RepositoryCheck.check(company).findings.filter { $0.severity == .error }
    #expect(found.map { "\($0.place.file) \($0.message)" } == ["writ.yaml people.yaml has no calendar 'ofice'"])
  }

  @Test("the scenarios and messages of a workflow that cannot be read are not said to be without one")
  func besideBroken() throws {
    var company = try RuleTests.Company(around: Array("writ: 1\ntitle: [\n".utf8), at: "workflows/loan.yaml")
    company.texts["workflows/loan.test.yaml"] = Array("writ: 1\nscenarios: []\n".utf8)
    company.texts["workflows/loan.en.messages.yaml"] = Array("writ: 1\n".utf8)
    let checked = try RepositoryCheck.check(company)
    #expect(Set(checked.findings.map(\.place.file)) == ["workflows/loan.yaml"])
    #expect(ScenarioSuite(of: checked, zones: { _ in nil }).failures.isEmpty)
  }

  @Test(
    "a message that comes early is kept for the wait, as long as its event says",
    arguments: [
      ("{send: paid, key: A, by: nadia}, {advance: 1d}", "paid"),
      ("{send: paid, key: A, by: nadia}, {advance: 1d}, {advance: 5d}", "paid"),
      ("{advance: 1d}, {send: paid, key: B, by: nadia}, {advance: 5d}", "late"),
    ])
  func early(_ play: String, _ outcome: String) throws {
    let suite = try suite(
      "start: {by: maya}\nplay: [\(play)]\nexpect: {outcome: \(outcome)}", of: Self.waitingWorkflow(keep: "2d"))
    #expect(suite.failures.map(\.message) == [])
    let lost = try self.suite(
      "start: {by: maya}\nplay: [{send: paid, key: A, by: nadia}, {advance: 6d}]\nexpect: {outcome: late}",
      of: Self.waitingWorkflow(keep: "1h"))
    #expect(lost.failures.map(\.message) == [])
    let unlawful = try self.suite(
      "start: {by: maya}\nplay: [{send: paid, key: A, by: maya}]\nexpect: {}", of: Self.waitingWorkflow(keep: "2d"))
    #expect(unlawful.failures.count == 1)
  }

  private static func waitingWorkflow(keep: String) -> String {
    """
    writ: 1
    title: Paid
    owner: role:it
    access: {start: [role:employee]}
    events: {paid: {from: [role:it], keep: \(keep)}}
    start: rest
    steps:
      rest: {type: wait, for: 1d, then: hear}
      hear: {type: wait, event: paid, key: "'A'", for: 5d, then: {paid: done, elapsed: late}}
      done: {type: end, outcome: paid}
      late: {type: end, outcome: late}
    """
  }

  @Test("scenarios without their workflow are named")
  func alone() throws {
    var company = try RuleTests.Company(around: Array(Self.workflow.utf8), at: "workflows/loan.yaml")
    company.texts["workflows/loans.test.yaml"] = Array("writ: 1\nscenarios: []\n".utf8)
    let suite = ScenarioSuite(of: try RepositoryCheck.check(company), zones: { _ in nil })
    #expect(suite.failures.map(\.code) == ["W092"])
  }

  @Test("every way of every workflow of this repository is gone by a scenario, and all go as told")
  func samples() throws {
    let zones = SystemZones()
    let checked = try RepositoryCheck.check(FolderTree(RuleTests.repository.path))
    let suite = ScenarioSuite(of: checked, zones: { zones.rules($0) })
    #expect(suite.failures.map(\.message) == [])
    for name in checked.workflows.keys.sorted() {
      let coverage = try #require(suite.coverage[name], "\(name) has no scenarios")
      #expect(coverage.missedSteps == [] && coverage.missedWays == [], "\(name)")
    }
  }
}
