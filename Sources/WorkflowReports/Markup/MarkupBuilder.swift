/// Builds markup from statements: strings are text, markup is markup, `if`, `switch` and `for` work.
@resultBuilder
package enum MarkupBuilder {
  package static func buildExpression(_ text: some StringProtocol) -> Markup { Markup(text) }
  package static func buildExpression(_ number: Int) -> Markup { Markup(String(number)) }
  package static func buildExpression(_ markup: Markup) -> Markup { markup }
  package static func buildExpression(_ markup: Markup?) -> Markup { markup ?? Markup() }
  package static func buildExpression(_ parts: [Markup]) -> Markup { joined(parts) }
  package static func buildBlock(_ parts: Markup...) -> Markup { joined(parts) }
  package static func buildArray(_ parts: [Markup]) -> Markup { joined(parts) }
  package static func buildOptional(_ part: Markup?) -> Markup { part ?? Markup() }
  package static func buildEither(first part: Markup) -> Markup { part }
  package static func buildEither(second part: Markup) -> Markup { part }

  private static func joined(_ parts: [Markup]) -> Markup {
    if parts.count == 1 { return parts[0] }
    var whole = Markup()
    for part in parts { whole.append(part) }
    return whole
  }
}
