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
    return subject.remarks(onNamesOf: "vars") { checked, reference, name in
      names.contains(name)
        ? nil
        : checked.place.remark(
          "no variable is named '\(name)'", reference,
          hint: Spelling.hint(for: reference, among: known, noun: "variables"))
    }
  }
}

extension Spelling {
  /// `did you mean 'vars.amount'?`: the whole reference with the second of its names as it was meant.
  static func hint(for reference: Reference, among known: [String], noun: String) -> String {
    guard reference.path.count > 1, let near = nearest(to: reference.path[1], among: known.prefix(1_000))
    else {
      return hint(for: reference.path.last ?? "", among: known, noun: noun)
    }
    let meant = [reference.path[0], near] + reference.path.dropFirst(2)
    return "did you mean '\(meant.joined(separator: "."))'?"
  }

  /// `did you mean 'amount'?`, or all there are.
  static func hint(for name: String, among known: [String], noun: String) -> String {
    // Comparing with thousands of names costs more than the hint is worth.
    if let near = nearest(to: name, among: known.prefix(1_000)) { return "did you mean '\(near)'?" }
    if known.isEmpty { return "there are no \(noun)" }
    if known.count == 1 { return "there is only '\(known[0])'" }
    return known.count > 8 ? "there are \(known.count) other \(noun)" : "there are \(known.joined(separator: ", "))"
  }
}
