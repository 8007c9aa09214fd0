/// What is wrong with an expression, in a sentence for its author.
package struct ExpressionError: Error, Sendable, Hashable {
  /// "no variable is named 'inptu'".
  package let message: String
  /// "did you mean 'input'?"
  package let hint: String?
  /// UTF-8 offsets into the source.
  package let range: Range<Int>

  package init(message: String, hint: String? = nil, range: Range<Int>) {
    self.message = message
    self.hint = hint
    self.range = range
  }
}

extension ExpressionError: CustomStringConvertible {
  /// "no variable is named 'inptu'; did you mean 'input'?"
  package var description: String {
    hint.map { "\(message); \($0)" } ?? message
  }
}

/// What the source of an expression may grow to. The parser refuses more, so that nothing later runs out of stack.
package struct ExpressionLimits: Sendable, Hashable {
  /// UTF-8 bytes of source.
  package var bytes: Int
  /// How deep the tree may get: parentheses, calls, selections and operators within each other.
  package var depth: Int

  package init(bytes: Int = 65_536, depth: Int = 64) {
    self.bytes = bytes
    self.depth = depth
  }
}
