import CEL

extension Rule {
  static let unknownSetting = Rule(
    "W213", .error, "setting that writ.yaml does not have",
    why: "`config.<name>` reads a setting of `writ.yaml`.",
    wrong: """
      url: "${config.payment_url}/transfers"       # writ.yaml says payments_url
      """,
    right: """
      url: "${config.payments_url}/transfers"
      """
  ) { subject in
    let known = subject.settings.config.stringPairs.map(\.0)
    let names = Set(known)
    return subject.remarks(onNamesOf: "config") { checked, reference, name in
      reference.isGuarded || names.contains(name)
        ? nil
        : checked.place.remark(
          "writ.yaml has no setting '\(name)'", reference,
          hint: Spelling.hint(for: reference, among: known, noun: "settings"))
    }
  }
}
