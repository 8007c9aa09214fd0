import CEL
import WorkflowEngine

extension Reading {
  /// A bare expression: the whole scalar is CEL.
  func formula(_ node: YAMLNode) -> Formula? {
    guard let text = node.text else {
      reportShape(
        "an expression", at: node,
        hint: oneLine(node).map { "to mean it as an expression, write \(QuotingAdvice.quoted($0))" })
      return nil
    }
    return formula(text, from: 0, in: node)
  }

  /// An expression that begins at a UTF-8 offset of a scalar's text.
  func formula(_ text: String, from start: Int, in node: YAMLNode) -> Formula? {
    guard !isFull else { return nil }
    do {
      return try Formula(text)
    } catch {
      let range = start + error.range.lowerBound..<start + max(error.range.lowerBound, error.range.upperBound)
      report(
        .expression, error.message, at: source.range(of: range, in: node),
        hint: quotingHint(node) ?? homeHint(text, error) ?? textHint(text, node) ?? error.hint)
      return nil
    }
  }

  /// An expression that YAML cut short: a comma or comment follows the plain scalar.
  private func quotingHint(_ node: YAMLNode) -> String? {
    guard node.style == .plain else { return nil }
    let line = source.line(at: node.span.upperBound)
    let rest = source.text(node.span.upperBound..<max(node.span.upperBound, line.upperBound))
    let isComment = rest.drop { $0 == " " }.hasPrefix("#") && rest.hasPrefix(" ")
    guard isComment || rest.hasPrefix(",") else { return nil }
    let open = node.text?.reduce(into: 0) { $0 += $1 == "(" ? 1 : $1 == ")" ? -1 : 0 } ?? 0
    let quotes = node.text?.count { $0 == "'" } ?? 0
    guard open > 0 || quotes % 2 == 1 else { return nil }
    return isComment ? "what follows '#' is a comment; put the expression in quotes" : "put the expression in quotes"
  }

  /// A name of this file that stands alone: `amount` where `vars.amount` is meant.
  private func homeHint(_ text: String, _ error: ExpressionError) -> String? {
    let name = String(decoding: text.utf8.dropFirst(error.range.lowerBound).prefix(error.range.count), as: UTF8.self)
    guard error.message == "no variable is named '\(name)'", let root = document.root else { return nil }
    let homes = [("vars", root["vars"]), ("input", root["input"]?["properties"]), ("steps", root["steps"])]
    let meant = homes.filter { $0.1?[name] != nil }.map { "'\($0.0).\(name)'" }
    return meant.isEmpty ? nil : "did you mean \(meant.joined(separator: " or "))?"
  }

  /// Words without an operator were meant as text.
  private func textHint(_ text: String, _ node: YAMLNode) -> String? {
    guard text.allSatisfy({ $0.isLetter || $0 == " " }), text == node.text,
      Nearest.word(to: text, among: Formula.roots) == nil
    else { return nil }
    return "to mean the text, write \"'\(text)'\""
  }

  /// Text in which `${...}` embeds expressions.
  func template(_ node: YAMLNode) -> Template? {
    guard let text = text(node) else { return nil }
    return template(text, in: node)
  }

  func template(_ text: String, in node: YAMLNode) -> Template {
    var parts: [Template.Part] = []
    for part in TemplateText.parts(of: text) {
      switch part {
      case .text(let text): parts.append(.text(text))
      case .expression(let source, let start):
        if source.allSatisfy(\.isWhitespace) {
          report(
            .template, "there is no expression in '${}'",
            at: self.source.range(of: start - 2..<start + source.utf8.count + 1, in: node),
            hint: "write '$${' for a literal '${'")
        } else if let formula = formula(source, from: start, in: node) {
          parts.append(.formula(formula))
        }
      case .unclosed(let start):
        report(
          .template, "this '${' is never closed", at: source.range(of: start..<start + 2, in: node),
          hint: "add '}', or write '$${' for a literal '${'")
      }
    }
    return Template(parts: parts)
  }

  /// `name: expression`, in the author's order.
  func assignments(_ node: YAMLNode, areLabels: Bool = false) -> [Assignment] {
    guard let entries = node.entries else {
      reportShape("a mapping of names to expressions", at: node)
      return []
    }
    return entries.compactMap { entry in
      let name = areLabels ? entry.name : id(entry.key, "the name of a variable or field")
      guard isFilled(entry), let name, let formula = formula(entry.value) else { return nil }
      return Assignment(name, formula)
    }
  }

  /// Reports an entry without a value.
  func isFilled(_ entry: YAMLNode.Entry) -> Bool {
    if entry.value.isEmpty { report(.missingKey, "'\(entry.name)' has no value", at: entry.key) }
    return !entry.value.isEmpty
  }
}
