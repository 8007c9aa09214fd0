import WorkflowEngine

/// The line, a caret under the place, and the remedy beside it.
///
/// ```
/// workflows/expense.yaml:14:24: error[W012]: no step is named 'manager_aproval'
///    14 |       - {when: input.amount > 1000, then: manager_aproval}
///       |                                           ^^^^^^^^^^^^^^^ did you mean 'manager_approval'?
/// ```
struct PrettyFormat {
  var colour = false
  /// Cells of source shown beside the line number.
  var width = 100

  func render(_ findings: [Finding]) -> String {
    findings.map(render).joined(separator: "\n")
  }

  private func render(_ finding: Finding) -> String {
    let head = PrintableText.escaped(finding.message)
    let label = paint(finding.label, ink(finding.severity))
    var text = "\(paint(address(finding.place), .bold)): \(label): \(paint(head, .bold))\n"
    text += picture(finding.place, hint: finding.hint, ink(finding.severity))
    for related in finding.related {
      let label = paint("note", .cyan)
      text += "\(address(related.place)): \(label): \(PrintableText.escaped(related.message))\n"
      text += picture(related.place, hint: nil, .cyan)
    }
    return text
  }

  private func address(_ place: Finding.Place) -> String { PrintableText.escaped(place.address) }

  private func picture(_ place: Finding.Place, hint: String?, _ ink: Ink) -> String {
    let hint = hint.map(PrintableText.escaped)
    guard let excerpt = place.excerpt, let line = place.start?.line else {
      return hint.map { "      | \($0)\n" } ?? ""
    }
    let shown = fitted(excerpt)
    let number = String(line)
    let margin = String(repeating: " ", count: max(0, 5 - number.count))
    let gutter = String(repeating: " ", count: max(5, number.count))
    let carets = String(repeating: "^", count: max(1, PrintableText.width(shown.marked)))
    let indent = String(repeating: " ", count: PrintableText.width(shown.before))
    let beside = hint.map { " " + $0 } ?? ""
    return """
      \(paint("\(margin)\(number) |", .blue)) \(shown.before)\(shown.marked)\(shown.after)
      \(paint("\(gutter) |", .blue)) \(indent)\(paint(carets + beside, ink))

      """
  }

  /// Cuts a long line so that the marked part stays in sight.
  private func fitted(_ excerpt: Excerpt) -> Excerpt {
    var before = Array(cells(excerpt.before))
    var marked = Array(cells(excerpt.marked))
    var after = Array(cells(excerpt.after))
    func total() -> Int { (before + marked + after).reduce(0) { $0 + PrintableText.width($1) } }
    guard total() > width else { return Excerpt(before: String(before), marked: String(marked), after: String(after)) }
    marked = cut(marked, to: width - 20, keepingEnd: false)
    let room = width - marked.reduce(0) { $0 + PrintableText.width($1) }
    let rest = after.reduce(0) { $0 + PrintableText.width($1) }
    before = cut(before, to: max(room - rest, room / 2), keepingEnd: true)
    after = cut(after, to: room - before.reduce(0) { $0 + PrintableText.width($1) }, keepingEnd: false)
    return Excerpt(before: String(before), marked: String(marked), after: String(after))
  }

  private func cells(_ text: String) -> String {
    PrintableText.escaped(PrintableText.expandingTabs(text))
  }

  private func cut(_ text: [Character], to room: Int, keepingEnd: Bool) -> [Character] {
    guard text.reduce(0, { $0 + PrintableText.width($1) }) > room else { return text }
    var kept: [Character] = []
    var used = 1
    for character in keepingEnd ? text.reversed() : text {
      used += PrintableText.width(character)
      guard used <= room else { break }
      kept.append(character)
    }
    return keepingEnd ? ["…"] + kept.reversed() : kept + ["…"]
  }

  private enum Ink: String { case red = "31", yellow = "33", cyan = "36", blue = "34", bold = "1" }

  private func ink(_ severity: Diagnostic.Severity) -> Ink {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  }

  private func paint(_ text: String, _ ink: Ink) -> String {
    colour ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }
}
