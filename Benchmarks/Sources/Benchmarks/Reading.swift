import CEL
import Foundation
import WorkflowEngine
import WorkflowFiles
import WorkflowReports

/// What people wait for while they write definitions: guards, checks, pictures.
struct Reading {
  let scale: Double

  func measure() throws -> [Figure] { [try guardFigure()] + (try checks()) + (try layout()) }

  private func guardFigure() throws -> Figure {
    let source = "input.amount > 1000 && input.category in ['travel','other']"
    let program = try Expression(parsing: source).compile(in: Environment(variables: ["input": .dyn]))
    let input: ValueMap = ["amount": .int(2_500), "category": .string("other")]
    let scope = Scope(["input": .map(input)])
    let rounds = Int(200_000 * scale) + 1_000
    var isTrue = 0
    let time = try seconds {
      for _ in 0..<rounds { if case .bool(true) = try program.evaluate(scope) { isTrue += 1 } }
    }.seconds
    guard isTrue == rounds else { throw Failed(arguments: ["guard"]) }
    return Figure(
      figure: "CEL guard", value: time / Double(rounds) * 1e6, unit: "us",
      budget: Figure.Budget(of: .value, atMost: 2))
  }

  private func checks() throws -> [Figure] {
    let long = Self.workflow(steps: 10_000)
    let one = try time(of: ["workflows/long.yaml": long])
    let count = 1_000
    let many = Dictionary(
      uniqueKeysWithValues: (0..<count).map {
        ("workflows/team\($0 % 20)/process-\($0).yaml", Self.workflow(steps: 12))
      })
    return [
      Figure(
        figure: "check of one workflow with 10,000 steps", value: one, unit: "s",
        budget: Figure.Budget(of: .value, atMost: 1), with: ["bytes": Double(long.utf8.count)]),
      Figure(
        figure: "check of 1,000 workflows", value: try time(of: many), unit: "s",
        budget: Figure.Budget(of: .value, atMost: 1)),
    ]
  }

  private func time(of workflows: [String: String]) throws -> Double {
    let tree = TreeInMemory(
      texts: workflows.merging(["people.yaml": Self.people, "writ.yaml": "writ: 1\ntitle: B\n"]) { $1 })
    let (time, checked) = try seconds { try RepositoryCheck.check(tree) }
    guard !checked.hasErrors else { throw Failed(arguments: ["\(checked.findings[0])"]) }
    return time
  }

  private func layout() throws -> [Figure] {
    let name = "picture"
    let text = Array(Self.workflow(steps: 1_000).utf8)
    guard let workflow = WorkflowReader.read(text, file: "\(name).yaml", name: name).content else {
      throw Failed(arguments: ["layout"])
    }
    let graph = Graph(workflow)
    let times = (0..<5).map { _ in seconds { graph.layout() }.seconds }
    return [
      Figure(
        figure: "layout of 1,000 steps", value: times.median * 1_000, unit: "ms",
        reference: try Self.dot(graph).map { Figure.Reference(what: "dot -Tsvg", value: $0 * 1_000) },
        budget: Figure.Budget(of: .value, atMost: 200))
    ]
  }

  /// What Graphviz takes for the same graph; nil where it is not installed.
  private static func dot(_ graph: Graph) throws -> Double? {
    guard (try? run("sh", "-c", "command -v dot")) != nil else { return nil }
    let scratch = try Scratch()
    let lines = graph.edges.map { "\"\($0.from)\" -> \"\($0.to)\";" }
    let file = scratch("graph.dot")
    try Data("digraph g {\n\(lines.joined(separator: "\n"))\n}\n".utf8).write(to: URL(fileURLWithPath: file))
    return try seconds { try run("dot", "-Tsvg", "-o", scratch("graph.svg"), file) }.seconds
  }

  private static let people = """
    writ: 1
    roles: {boss: Bosses}
    people:
      anna: {name: Anna, email: anna@example.com, roles: [boss]}
      bob: {name: Bob, email: bob@example.com, roles: [boss]}
    """

  /// Gateways, services and approvals in turn, each with a way out to the end.
  static func workflow(steps count: Int) -> String {
    var text = """
      writ: 1
      title: Generated
      owner: role:boss
      access: {start: [role:boss]}
      input: {type: object, required: [n], properties: {n: {type: integer}}}
      start: s0
      steps:

      """
    for step in 0..<count - 1 {
      let next = step == count - 2 ? "end" : "s\(step + 1)"
      switch step % 3 {
      case 0:
        text += "  s\(step): {type: gateway, branches: [{when: input.n > \(step), then: \(next)}, {otherwise: end}]}\n"
      case 1:
        text += "  s\(step): {type: task, title: Look at number \(step), assignees: [role:boss], then: \(next)}\n"
      default:
        text += "  s\(step): {type: approval, title: Approve \(step), approvers: [role:boss], "
        text += "then: {approved: \(next), rejected: end, returned: end}}\n"
      }
    }
    return text + "  end: {type: end, outcome: done}\n"
  }
}

/// Files that are nowhere but here.
private struct TreeInMemory: FileTree {
  let texts: [String: String]

  func files() -> [TreeFile] { texts.keys.sorted().map { TreeFile(path: $0, kind: .file) } }

  func read(_ path: String) -> [UInt8]? { texts[path].map { Array($0.utf8) } }
}
