import CEL

extension Rule {
  static let unknownSecret = Rule(
    "W215", .error, "secret that writ.yaml does not name",
    why: "`writ.yaml` names every secret and where the runner finds it; the value itself never stands in a file.",
    wrong: """
      headers: {Authorization: "Bearer ${secrets.PAYMENT_TOKEN}"}      # writ.yaml says PAYMENTS_TOKEN
      """,
    right: """
      headers: {Authorization: "Bearer ${secrets.PAYMENTS_TOKEN}"}
      """
  ) { subject in
    let known = subject.settings.secrets.keys.sorted()
    return subject.remarks(onNamesOf: "secrets") { checked, reference, name in
      subject.settings.secrets[name] == nil
        ? checked.place.remark(
          "writ.yaml names no secret '\(name)'", reference,
          hint: Spelling.hint(for: reference, among: known, noun: "secrets")) : nil
    }
  }
}
