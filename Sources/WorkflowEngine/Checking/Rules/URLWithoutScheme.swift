import CEL

extension Rule {
  static let urlWithoutScheme = Rule(
    "W407", .error, "url without a scheme",
    why: "A url begins with `https://` or `http://`, or with a setting that does.",
    wrong: """
      url: payments.example.com/transfers
      """,
    right: """
      url: https://payments.example.com/transfers
      """
  ) { subject in
    subject.workflow.requests.compactMap { request in
      let service = request.request
      guard service.uses == "http", let url = service["url"] else { return nil }
      let place = request.root + ["with", "url"]
      switch url.beginning(subject.settings) {
      case .text(let text) where !text.hasScheme:
        let scheme = text.firstRange(of: "://").map { String(text[..<$0.lowerBound]) }
        return Remark(
          scheme.map { "nothing is called by '\($0)'" } ?? "this url has no scheme", at: place,
          hint: "begin it with https://")
      case .setting(let name, let text) where !text.hasScheme:
        return Remark(
          "the setting '\(name)' in writ.yaml is no url: it has no scheme", at: place, hint: "begin it with https://")
      default: return nil
      }
    }
  }
}

/// What a url begins with.
enum URLBeginning: Sendable {
  case text(String)
  /// A setting of `writ.yaml`, with its value.
  case setting(String, String)
  case formula(Formula)
}

extension ValueTemplate {
  func beginning(_ settings: Settings) -> URLBeginning? {
    switch self {
    case .literal(.string(let text)): return .text(text)
    case .template(let template):
      switch template.parts.first {
      case .text(let text)?: return .text(text)
      case .formula(let formula)?:
        let path = formula.expression.references.first?.path ?? []
        guard path.count == 2, path[0] == "config", formula.source == path.joined(separator: "."),
          case .string(let text)? = settings.config[path[1]]
        else { return .formula(formula) }
        return .setting(path[1], text)
      case nil: return nil
      }
    default: return nil
    }
  }
}

extension String {
  var hasScheme: Bool {
    let text = lowercased()
    return text.hasPrefix("https://") || text.hasPrefix("http://")
  }
}
