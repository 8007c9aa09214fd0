import CEL
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// A small company with two workflows, for tests of the routes: what they look like is of no weight here.
enum Scene {
  static let now = Timestamp(rfc3339: "2026-11-22T10:00:00Z")!

  static var people: People {
    var people = People()
    func add(_ id: String, _ name: String, _ roles: [String], manager: String? = nil, deputies: [String] = []) {
      var person = Person(id: id, name: name, emails: ["\(id)@example.org"])
      person.roles = roles
      person.manager = manager
      person.deputies = deputies
      people.people[id] = person
    }
    add("ines", "Ines Okafor", ["employee", "manager"], deputies: ["dara"])
    add("tomas", "Tomas Lind", ["employee"], manager: "ines")
    add("dara", "Dara Quinn", ["employee", "finance"])
    add("omar", "Omar Haddad", ["operator"])
    add("guest", "Gus Guest", [])
    return people
  }

  static var expense: Workflow {
    var approval = ApprovalStep.Level(name: "approval", approvers: [.managerOf(.initiator)])
    approval.due = .elapsed(.seconds(2 * 86_400))
    var pay = TaskStep(assignees: [.role("finance")])
    pay.form = try? Schema([
      "type": "object", "required": ["reference"],
      "properties": [
        "reference": ["type": "string", "minLength": 4, "title": "Bank reference"],
        "paid_on": ["type": "string", "format": "date", "title": "Paid on"],
      ],
    ])
    pay.outcomes = ["paid", "refused"]
    var workflow = Workflow(
      name: "finance/expense-approval", title: "Expense approval", start: "approval",
      steps: [
        Step(
          id: "approval", kind: .approval(ApprovalStep(levels: [approval])),
          then: ["approved": "pay", "rejected": "declined", "returned": "revise"]),
        Step(id: "revise", kind: .task(TaskStep(assignees: [.initiator])), then: ["done": "approval"]),
        Step(id: "pay", kind: .task(pay), then: ["paid": "paid", "refused": "declined"]),
        Step(id: "paid", kind: .end(EndStep(outcome: "paid"))),
        Step(id: "declined", kind: .end(EndStep(outcome: "rejected"))),
      ])
    workflow.summary = "Reimburse an employee's expense."
    workflow.owner = .role("operator")
    workflow.access.start = [.role("employee")]
    workflow.input = try? Schema(
      [
        "type": "object", "required": ["amount", "category"],
        "properties": [
          "amount": [
            "type": "string", "format": "decimal", "title": "Amount (EUR)", "description": "What you paid, with VAT.",
          ],
          "category": ["enum": ["travel", "equipment", "other"], "title": "Category"],
          "what": ["type": "string", "title": "What for", "maxLength": 500],
        ],
      ], propertyOrder: ["/properties": ["amount", "category", "what"]])
    return workflow
  }

  /// Stops at once: its list of people is nobody.
  static var stuck: Workflow {
    var workflow = Workflow(
      name: "it/access-request", title: "Access request", start: "grant",
      steps: [
        Step(id: "grant", kind: .task(TaskStep(assignees: [.role("nobody")])), then: ["done": "granted"]),
        Step(id: "granted", kind: .end(EndStep(outcome: "granted"))),
      ])
    workflow.owner = .role("operator")
    workflow.access.start = [.role("employee")]
    return workflow
  }

  static var plan: DeployPlan {
    let workflows = [expense, stuck].map { DeployedWorkflow(workflow: $0, version: 1, digest: $0.shortName) }
    var settings = Settings()
    settings.title = "Lindgren & Co"
    var plan = DeployPlan(
      report: DeployReport(
        commit: "4f1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192", at: now, by: "Omar Haddad", subject: "Two workflows",
        isDeployed: true, versions: ["finance/expense-approval": 1, "it/access-request": 1], retired: [], findings: []),
      people: people, settings: settings)
    plan.newVersions = workflows.map { ($0, []) }
    return plan
  }

  static var refusal: DeployPlan {
    var plan = plan
    plan.report.commit = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334"
    plan.report.subject = "Approve faster"
    plan.report.isDeployed = false
    plan.report.versions = [:]
    plan.report.findings = [
      "workflows/finance/expense-approval.yaml:14:24: error[W012]: no step is named 'manager_aproval'"
    ]
    return plan
  }

  static let input: Value = ["amount": "120.50", "category": "travel", "what": "Train to Oslo"]

  /// A runner with both workflows deployed, and nothing started.
  static func make() async throws -> Runner {
    let runner = try Self.runner()
    _ = try await runner.submit(Request(by: "system:deployer", .deploy(plan)))
    return runner
  }
}
