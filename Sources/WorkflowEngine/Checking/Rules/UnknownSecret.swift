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
    return subject.expressions.checked.flatMap { checked in
      checked.references.filter {
        $0.path.count > 1 && $0.path[0] == "secrets" && subject.settings.secrets[$0.path[1]] == nil
      }.map {
        checked.place.remark(
          "writ.yaml names no secret '\($0.path[1])'", $0,
          hint: Spelling.hint(for: $0.path[1], among: known, noun: "secrets"))
      }
    }
  }
}
