import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

/// What every simulated world begins with: people, two workflows, and other versions of one to deploy.
enum SimulatedTown {
  /// The last one is in no file.
  static let people: [PersonID] = ["anna", "bob", "carl", "dora", "eve", "fred", "mallory"]

  static let dawn = Timestamp(rfc3339: "2026-11-23T09:00:00Z")!

  static func outside() -> Outside {
    Outside(
      digest: { Hex.sha256($0) }, fingerprint: { Hex.sha256($0) }, seal: \.sealedOpenly, zones: Office.zones.rules)
  }

  /// Checked commits: what is deployed first, the same with other texts, and one that retires a workflow.
  static let commits: [CheckedRepository] = {
    let others = [("role:director]", "role:boss]"), ("Approve the leave", "Approve it")]
    let texts = [leave] + others.map { leave.replacing($0.0, with: $0.1) } + [nil]
    return texts.map { text in
      var files = ["people.yaml": folk, "writ.yaml": "writ: 1\ntitle: Town\n", "workflows/town/order.yaml": order]
      files["workflows/town/leave.yaml"] = text
      guard let checked = try? RepositoryCheck.check(Files(texts: files)), !checked.hasErrors else {
        preconditionFailure("the simulated town's files have errors")
      }
      return checked
    }
  }()

  static func plan(_ variant: Int, at now: Timestamp, on deployment: Deployment) -> DeployPlan {
    let digit = String(variant % commits.count + 1)
    let report = DeployReport(
      commit: String(repeating: digit, count: 40), at: now, by: "anna <anna@example.com>", subject: "variant \(digit)",
      isDeployed: true)
    return DeployPlan(report, of: commits[variant % commits.count], on: deployment)
  }

  /// A record in which the first commit is deployed, to begin from.
  static let beginning: MemoryStore = {
    let store = MemoryStore()
    guard var pen = try? Pen(store: store, keys: CommitKeys(store.privateKeys())) else {
      preconditionFailure("no pen for an empty record")
    }
    var world = World()
    world.repository = "town"
    var loop = Loop(world: world, outside: outside())
    let request = Request(by: "system:deployer", .deploy(plan(0, at: dawn, on: Deployment())))
    for case .write(let batch) in loop.step(.submitted(request, ticket: 0), now: dawn) {
      guard pen.write(batch) == nil else { preconditionFailure("the first batch cannot be written") }
    }
    return store
  }()

  private struct Files: FileTree {
    var texts: [String: String]

    func files() -> [TreeFile] { texts.keys.sorted().map { TreeFile(path: $0, kind: .file) } }
    func read(_ path: String) -> [UInt8]? { texts[path].map { Array($0.utf8) } }
  }

  private static let folk = """
    writ: 1
    roles: {employee: Everybody, boss: Bosses, director: Directors}
    people:
      anna: {name: Anna, email: anna@example.com, roles: [employee]}
      bob: {name: Bob, email: bob@example.com, roles: [employee, boss]}
      carl: {name: Carl, email: carl@example.com, roles: [employee, boss]}
      dora: {name: Dora, email: dora@example.com, roles: [employee, boss, director]}
      eve: {name: Eve, email: eve@example.com, roles: [employee, director]}
      fred: {name: Fred, email: fred@example.com, roles: [employee]}
    """

  private static let leave = """
    writ: 1
    title: Leave
    owner: role:boss
    access: {start: [role:employee]}
    input: {type: object, required: [tag], properties: {tag: {type: string}}}
    vars: {note: input.tag}
    start: ok
    steps:
      ok:
        type: approval
        title: Approve the leave
        show: {Note: vars.note}
        delegates: anyone
        levels:
          - name: bosses
            approvers: [role:boss]
            require: 2
            reject-when: impossible
            escalate: [{after: 1d, add: [role:director]}]
          - name: directors
            approvers: [role:director]
        expires: 5d
        then: {approved: tell, rejected: no, returned: revise, expired: no, withdrawn: no}
      revise:
        type: task
        title: Revise
        assignees: [initiator]
        form: {type: object, required: [note], properties: {note: {type: string}}}
        set: {note: result.note}
        then: ok
      tell: {type: notification, to: [initiator], subject: Granted, body: Enjoy., then: yes}
      yes: {type: end, outcome: granted}
      no: {type: end, outcome: refused}
    """

  private static let order = """
    writ: 1
    title: Order
    owner: role:boss
    access: {start: [role:employee]}
    input: {type: object, required: [tag], properties: {tag: {type: string}}}
    start: split
    steps:
      split: {type: gateway, mode: parallel, branches: [{then: pay}, {then: check}]}
      pay:
        type: service
        uses: http
        with: {method: POST, url: "https://pay.example.com/transfers", body: {tag: "${input.tag}"}}
        idempotent: true
        retry: {attempts: 3, first: 1m}
        timeout: 30s
        output: {type: object, required: [reference], properties: {reference: {type: string}}}
        then: both
      check:
        type: task
        title: Check
        assignees: [role:boss]
        form: {type: object, required: [note], properties: {note: {type: string}}}
        then: both
      both: {type: join, of: split, then: cool}
      cool: {type: wait, for: 2h, then: tell}
      tell: {type: notification, to: [initiator], subject: Done, body: "It is done.", then: done}
      done: {type: end, outcome: done}
    """
}
