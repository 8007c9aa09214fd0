import CEL

extension Rule {
  static let variableReadTooEarly = Rule(
    "W217", .error, "first value that reads a later variable",
    why:
      "First values are computed in the order of the file, so each can read only the variables above it, and no steps.",
    wrong: """
      vars:
        total: vars.price * decimal(input.quantity)
        price: input.price
      """,
    right: """
      vars:
        price: input.price
        total: vars.price * decimal(input.quantity)
      """
  ) { subject in
    let order = Dictionary(
      subject.workflow.variables.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    return subject.expressions.checked.flatMap { checked -> [Remark] in
      guard case .first(let number) = checked.place.use else { return [] }
      return checked.references.compactMap { reference in
        guard reference.path.count > 1, !reference.isGuarded else { return nil }
        if reference.path[0] == "steps" {
          return checked.place.remark("no step has finished when first values are computed", reference)
        }
        guard reference.path[0] == "vars", let other = order[reference.path[1]], other >= number else { return nil }
        return checked.place.remark(
          other == number ? "'\(reference.path[1])' reads itself" : "'\(reference.path[1])' has no value yet",
          reference,
          hint: other == number ? nil : "declare '\(reference.path[1])' above")
      }
    }
  }
}
