/// Why an expression has no value.
package struct EvaluationError: Error, Sendable, Hashable {
  package enum Code: String, Sendable, Hashable {
    case overflow
    case divideByZero = "divide_by_zero"
    case noSuchField = "no_such_field"
    case noSuchKey = "no_such_key"
    case noSuchVariable = "no_such_variable"
    case index = "index_out_of_range"
    case type
    case argument = "invalid_argument"
    case empty = "empty_optional"
    case cost
  }

  /// A sentence for the author.
  package let message: String
  package let code: Code
  /// UTF-8 offsets into the source.
  package let range: Range<Int>

  package init(_ code: Code, _ message: String, range: Range<Int>) {
    self.message = message
    self.code = code
    self.range = range
  }
}
