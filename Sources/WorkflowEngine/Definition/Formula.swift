package import CEL

/// An expression in a definition: its source, and the program it compiles to once.
package struct Formula: Sendable, Hashable {
  package let expression: Expression
  package let program: Program
  /// The names that it starts from, each once.
  package let roots: [String]

  /// Parses and compiles; types are the checker's business.
  package init(_ source: String) throws(ExpressionError) {
    expression = try Expression(parsing: source)
    program = try expression.compile(in: Formula.environment)
    roots = Set(expression.references.map(\.path[0])).sorted()
  }

  package var source: String { expression.source }

  package static func == (left: Formula, right: Formula) -> Bool { left.source == right.source }
  package func hash(into hasher: inout Hasher) { hasher.combine(source) }

  /// The names that expressions of a definition may start from.
  package static let roots = [
    "input", "vars", "steps", "instance", "config", "result", "item", "now", "secrets", "output",
    "message",
  ]

  private static let environment = Environment(
    variables: Dictionary(uniqueKeysWithValues: roots.map { ($0, Type.dyn) }))
}

/// Literal text in which `${...}` embeds expressions; a text that is exactly one `${...}` keeps the value's type.
package struct Template: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case text(String)
    case formula(Formula)
  }
  package var parts: [Part]

  package init(parts: [Part]) {
    self.parts = parts
  }

  package init(text: String) {
    parts = text.isEmpty ? [] : [.text(text)]
  }
}

/// A value under `with:` whose leaves are templates.
package indirect enum ValueTemplate: Sendable, Hashable {
  case literal(Value)
  case template(Template)
  case list([ValueTemplate])
  case map([Parameter])
}
