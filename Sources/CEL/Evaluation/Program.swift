/// A compiled expression.
package struct Program: Sendable {
  package func evaluate(_ scope: Scope) throws(EvaluationError) -> Value {
    throw EvaluationError(.type, "evaluation is not there yet", range: 0..<0)
  }
}
