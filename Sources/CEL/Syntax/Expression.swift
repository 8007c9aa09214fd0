/// A parsed expression: one source, one tree.
package struct Expression: Sendable {
  package let source: String
  /// Every free variable with the fields selected from it, in the order of the source.
  package let references: [Reference]
  let tree: Node

  /// - Throws: for what is no expression, and for what is longer or deeper than the limits.
  package init(parsing source: String, limits: ExpressionLimits = ExpressionLimits()) throws(ExpressionError) {
    let tree = try Parser.parse(source, limits: limits)
    self.source = source
    self.tree = tree
    references = ReferenceCollector.references(in: tree)
  }
}

extension Expression {
  /// The names of an expression that is nothing but a path, such as `input.address.city`.
  package var path: [String]? {
    tree.path.flatMap { $0.isGuarded ? nil : $0.names }
  }
}

extension Expression: Hashable {
  package static func == (left: Expression, right: Expression) -> Bool { left.source.hasSameBytes(as: right.source) }
  package func hash(into hasher: inout Hasher) { source.hashBytes(into: &hasher) }
}
