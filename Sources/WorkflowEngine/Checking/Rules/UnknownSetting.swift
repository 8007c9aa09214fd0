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
    return subject.expressions.checked.flatMap { checked in
      checked.references.filter {
        $0.path.count > 1 && $0.path[0] == "config" && !$0.isGuarded && !names.contains($0.path[1])
      }.map {
        checked.place.remark(
          "writ.yaml has no setting '\($0.path[1])'", $0,
          hint: Spelling.hint(for: $0.path[1], among: known, noun: "settings"))
      }
    }
  }
}
