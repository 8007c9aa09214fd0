import CEL

extension Rule {
  static let unknownVariable = Rule(
    "W203", .error, "variable that is not declared",
    why: "Every variable is declared under `vars`, so that a misspelt name is an error and not a new variable.",
    wrong: """
      vars: {amount: input.amount}
      ...
      show: {Amount: vars.amuont}
      """,
    right: """
      show: {Amount: vars.amount}
      """
  ) { subject in
    let known = subject.workflow.variables.map(\.name)
    let names = Set(known)
    return subject.expressions.checked.flatMap { checked in
      checked.references.filter { $0.path.count > 1 && $0.path[0] == "vars" && !names.contains($0.path[1]) }.map {
        checked.place.remark(
          "no variable is named '\($0.path[1])'", $0,
          hint: Spelling.hint(for: $0.path[1], among: known, noun: "variables"))
      }
    }
  }
}

extension Spelling {
  /// `did you mean 'amount'?`, or all there are.
  static func hint(for name: String, among known: [String], noun: String) -> String {
    if let near = nearest(to: name, among: known) { return "did you mean '\(near)'?" }
    if known.isEmpty { return "there are no \(noun)" }
    if known.count == 1 { return "there is only '\(known[0])'" }
    return known.count > 8 ? "there are \(known.count) other \(noun)" : "there are \(known.joined(separator: ", "))"
  }
}
