import CEL

extension Rule {
  static let secretInClearText = Rule(
    "W406", .error, "secret in clear text",
    why: """
      What stands in the file stands in git for ever and is read by everybody who can clone it. Secrets are named in `writ.yaml` \
      and put in when the request is sent.
      """,
    wrong: """
      headers: {Authorization: "Bearer 7f3a9c..."}
      """,
    right: """
      headers: {Authorization: "Bearer ${secrets.PAYMENTS_TOKEN}"}
      """
  ) { subject in
    subject.workflow.requests.flatMap { $0.request.parameters.clearSecrets(at: $0.root + ["with"]) }
      + subject.workflow.variables.compactMap(clearSecret)
  }

  private static func clearSecret(_ variable: Variable) -> Remark? {
    guard variable.name.soundsSecret, let first = variable.value?.source.first, first == "'" || first == "\"" else {
      return nil
    }
    return clear(variable.name, at: ["vars", .key(variable.name)])
  }

  fileprivate static func clear(_ name: String, at path: [PathElement]) -> Remark {
    Remark(
      "'\(name)' stands here for everybody to read", at: path,
      hint: "name it in writ.yaml and write ${secrets.NAME}, under 'with'")
  }
}

extension [Parameter] {
  fileprivate func clearSecrets(at path: [PathElement]) -> [Remark] {
    var remarks: [Remark] = []
    var open = map { (path + [.key($0.name)], $0.name, $0.value) }
    while let (path, name, value) = open.popLast() {
      switch value {
      case .map(let fields): open += fields.map { (path + [.key($0.name)], $0.name, $0.value) }
      case .list(let items): open += items.enumerated().map { (path + [.index($0)], "", $1) }
      case .literal(.string(let text)) where !text.isEmpty && (name.soundsSecret || text.looksSecret):
        remarks.append(Rule.clear(name, at: path))
      case .template(let template) where template.texts.contains(where: \.looksSecret):
        remarks.append(Rule.clear(name, at: path))
      default: break
      }
    }
    return remarks
  }
}

extension Template {
  fileprivate var texts: [String] {
    parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}
