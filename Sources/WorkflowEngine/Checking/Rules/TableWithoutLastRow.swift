extension Rule {
  static let tableWithoutLastRow = Rule(
    "W123", .warning, "table that may find no row",
    why:
      "When no row of a table is true, an operator has to look after the instance. A last row without `when` says what then.",
    wrong: """
      rate:
        type: table
        rows:
          - {when: input.score >= 700, values: {rate: 3}}
          - {when: input.score >= 500, values: {rate: 5}}     # and 499?
      """,
    right: """
      rate:
        type: table
        rows:
          - {when: input.score >= 700, values: {rate: 3}}
          - {values: {rate: 5}}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .table(let table) = step.kind, !table.rows.isEmpty,
        !subject.isExhaustive(table.rows.map(\.when))
      else { return nil }
      return Remark(
        "no row of '\(step.id)' may be true", at: step.root + ["rows"], focus: .key,
        hint: "add a last row without 'when' for that case")
    }
  }
}
