/// A parsed expression.
package struct Expression: Sendable, Hashable {
  package let source: String
  package let references: [Reference] = []
  package init(parsing source: String, limits: ExpressionLimits = ExpressionLimits()) throws(ExpressionError) {
    self.source = source
  }
  package func check(in environment: Environment) -> CheckResult { CheckResult(type: .dyn, errors: []) }
  package func compile(in environment: Environment) throws(ExpressionError) -> Program { Program() }
}
