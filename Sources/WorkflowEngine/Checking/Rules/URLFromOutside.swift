import CEL

extension Rule {
  static let urlFromOutside = Rule(
    "W408", .warning, "host that comes from outside",
    why: """
      Whoever fills in the form chooses which machine the request goes to, with all its headers, and from inside your network. Let \
      the host come from the file or from `writ.yaml`.
      """,
    wrong: """
      url: "https://${input.host}/transfers"
      """,
    right: """
      url: "${config.payments_url}/transfers?to=${input.payee}"
      """
  ) { subject in
    subject.workflow.requests.compactMap { request in
      let service = request.request
      guard service.uses == "http", let formula = service["url"]?.hostFormula,
        formula.expression.references.contains(where: {
          ["input", "vars", "steps", "result", "item"].contains($0.path[0])
        })
      else { return nil }
      return Remark(
        "'\(formula.source)' chooses the host that is called", at: request.root + ["with", "url"],
        hint: "take the host from 'config'")
    }
  }
}

extension ValueTemplate {
  /// The first expression that decides on the host.
  fileprivate var hostFormula: Formula? {
    guard case .template(let template) = self else { return nil }
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let more): text += more
      case .formula(let formula):
        guard
          text.isEmpty || (text.hasScheme && text.split(separator: "/", omittingEmptySubsequences: false).count <= 3)
        else { return nil }
        if formula.expression.references.allSatisfy({ $0.path[0] == "config" }), text.isEmpty { return nil }
        return formula
      }
    }
    return nil
  }
}
