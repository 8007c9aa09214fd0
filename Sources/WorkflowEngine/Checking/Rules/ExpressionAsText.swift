import CEL

extension Rule {
  static let expressionAsText = Rule(
    "W412", .warning, "text that names a value",
    why: """
      Under `with`, and in `subject` and `body`, everything is text but what stands in `${...}`. A bare name is sent as it is \
      written.
      """,
    wrong: """
      body: {amount: vars.amount}
      """,
    right: """
      body: {amount: "${vars.amount}"}
      """
  ) { subject in
    let known = subject.knownPaths
    return subject.workflow.literalTexts.filter { known.contains($0.text) }.map { place in
      Remark("this is the text '\(place.text)', not its value", at: place.path, hint: "write \"${\(place.text)}\"")
    }
  }
}

extension CheckSubject {
  /// `vars.amount`, `input.reason`, `config.limit`: what an author who writes one of them means.
  fileprivate var knownPaths: Set<String> {
    let input = workflow.input?.fieldNames ?? []
    let names: [(root: String, names: [String])] = [
      ("vars", workflow.variables.map(\.name)), ("input", input), ("config", settings.config.stringPairs.map(\.0)),
      ("secrets", Array(settings.secrets.keys)),
      ("instance", ["id", "workflow", "version", "initiator", "started_at", "url"]),
    ]
    return Set(names.flatMap { root, names in names.map { "\(root).\($0)" } })
  }
}

extension Workflow {
  fileprivate typealias LiteralText = (text: String, path: [PathElement])

  /// Every text in which an expression could be embedded, and is not.
  fileprivate var literalTexts: [LiteralText] {
    let sent = requests.flatMap { request in
      request.request.parameters.flatMap { $0.value.literalTexts(at: request.root + ["with", .key($0.name)]) }
    }
    let told = steps.flatMap { step -> [LiteralText] in
      guard case .notification(let notification) = step.kind else { return [] }
      return notification.subject.literalText.map { ($0, step.root + ["subject"]) }.asList
        + notification.body.literalText.map { ($0, step.root + ["body"]) }.asList
    }
    return sent + told
  }
}

extension ValueTemplate {
  fileprivate func literalTexts(at path: [PathElement]) -> [(text: String, path: [PathElement])] {
    switch self {
    case .literal(.string(let text)): [(text, path)]
    case .literal, .template: []
    case .list(let items): items.enumerated().flatMap { $1.literalTexts(at: path + [.index($0)]) }
    case .map(let fields): fields.flatMap { $0.value.literalTexts(at: path + [.key($0.name)]) }
    }
  }
}

extension Template {
  fileprivate var literalText: String? {
    guard parts.count == 1, case .text(let text) = parts[0] else { return nil }
    return text
  }
}

extension Optional {
  fileprivate var asList: [Wrapped] { map { [$0] } ?? [] }
}
