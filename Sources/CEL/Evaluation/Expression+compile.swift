extension Expression {
  /// Resolves names and makes a program. Types are not looked at: that is ``check(in:)``; what they would have found
  /// then fails when it is evaluated.
  ///
  /// - Parameter failingLate: an unknown name, too, fails only when it is evaluated, as CEL has it for an expression that
  ///   is not checked: `unknown || true` is true.
  /// - Throws: for an unknown variable or function, a wrong number of arguments, a pattern that is none.
  package func compile(
    in environment: Environment, failingLate: Bool = false
  ) throws(ExpressionError) -> Program {
    var compiler = Compiler(environment, failingLate: failingLate)
    let part = try compiler.compile(tree)
    return Program(variables: compiler.slots, range: tree.range, step: part.step)
  }
}
