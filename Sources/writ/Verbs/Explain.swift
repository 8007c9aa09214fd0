import ArgumentParser
import CEL
import WorkflowEngine
import WorkflowFiles

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says more about a finding.", discussion: "Without a code it lists all of them.")

  @OptionGroup var output: OutputOption
  @Argument(help: "As findings print it: W012.") var code: String?

  func run() throws {
    guard let code = code?.uppercased() else { return list() }
    guard let found = Explanation.all.first(where: { $0.code == code }) else {
      throw Complaint(
        .notFound, "there is no finding '\(code)'",
        hint: Nearest.hint(for: code, among: Explanation.all.map(\.code)) ?? "all of them: writ explain")
    }
    if output.json { return Terminal.out(found.json.versioned.prettyJSON) }
    Terminal.out("\(Style.bold(found.code))  \(found.title)\n\n\(found.text)")
  }

  private func list() {
    if output.json {
      let all: Value = ["items": .list(Explanation.all.map(\.json))]
      return Terminal.out(all.versioned.prettyJSON)
    }
    var table = Table(["CODE", "FINDING"])
    for one in Explanation.all { table.add([Table.Cell(one.code, { Style.bold($0) }), Table.Cell(one.title)]) }
    table.write()
  }
}

/// What there is to say about a code, whichever part finds it.
struct Explanation {
  var code: String
  var title: String
  var text: String

  var json: Value { ["code": .string(code), "title": .string(title), "explanation": .string(text)] }

  static let all: [Explanation] =
    (YAMLRule.allCases.map { Explanation(code: $0.rawValue, title: words("\($0)"), text: $0.explanation) }
    + ReadingRule.allCases.map { Explanation(code: $0.rawValue, title: words("\($0)"), text: $0.explanation) }
    + places + Rule.all.map { Explanation(code: $0.code, title: $0.title, text: $0.explanation) })
    .sorted { $0.code < $1.code }

  /// Findings about files as a whole.
  private static let places = [
    Explanation(
      code: "W091", title: "scenario that goes otherwise",
      text: "A scenario beside a workflow was played on the engine, and something went otherwise than it tells."),
    Explanation(
      code: "W092", title: "scenarios of no workflow",
      text: "`expense-approval.test.yaml` holds the scenarios of the workflow `expense-approval.yaml` beside it."),
    Explanation(
      code: "W096", title: "name of a workflow",
      text: "A workflow is named by its path below `workflows/`: parts of lower-case letters, digits and `-`."),
    Explanation(
      code: "W097", title: "plain file",
      text: "Only plain files are read: no links, no submodules, nothing executable."),
    Explanation(
      code: "W098", title: "unique name",
      text: "Instances are called after the last part of a workflow's name, so it is unique in the repository."),
  ]

  /// `unknownKey` as `unknown key`.
  private static func words(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
  }
}
