extension Expression {
  /// Infers the type and finds all that is wrong: unknown names, fields that are not there, types that do not go
  /// together. An expression that passes can still fail on data that is declared as dyn.
  package func check(in environment: Environment) -> CheckResult {
    var checker = Checker(environment)
    let type = checker.infer(tree)
    let errors = checker.errors.sorted { $0.range.lowerBound < $1.range.lowerBound }
    return CheckResult(type: checker.types.apply(type, unknownIsDyn: true), errors: errors)
  }
}
