extension Rule {
  static let notInThisVersion = Rule(
    "W121", .error, "not in this version",
    why: """
      The language knows this, but the engine of this version does not do it yet. It is refused when it is deployed, so that nobody \
      relies on it.
      """,
    wrong: """
      properties: {iban: {type: string, sensitive: true}}
      """,
    right: """
      properties: {account: {type: string, title: Where the account number is kept}}
      """
  ) { subject in
    subject.workflow.sensitiveFields.map { path in
      Remark(
        "'sensitive' neither encrypts nor hides anything in this version", at: path, focus: .key,
        hint: "keep such a value elsewhere, and a reference to it here")
    }
  }
}
