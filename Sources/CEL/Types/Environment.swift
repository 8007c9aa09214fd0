/// What an expression can name: variables with their types, and the names that may be left out.
package struct Environment: Sendable, Hashable {
  /// By full name, `input` or `com.example.x`.
  package var variables: [String: Type]
  /// The prefix that names may leave out: in container `a.b`, `x` is looked for as `a.b.x`, `a.x` and `x`.
  package var container: String
  /// Whether a record's field that may be absent can be read without `has()` or `.?`.
  package var unguardedOptionalFields: Bool
  /// Functions known to the checker besides the library: for their types only.
  package var functions: [FunctionDeclaration]

  package init(
    variables: [String: Type] = [:], container: String = "", unguardedOptionalFields: Bool = true,
    functions: [FunctionDeclaration] = []
  ) {
    self.variables = variables
    self.container = container
    self.unguardedOptionalFields = unguardedOptionalFields
    self.functions = functions
  }
}

/// One way to call a function: the types that it takes and the one that it gives.
package struct FunctionDeclaration: Sendable, Hashable {
  package let name: String
  /// With a receiver first, if it is called as a method: `x.f(y)`.
  package let parameters: [Type]
  package let result: Type
  package let isMethod: Bool

  package init(_ name: String, _ parameters: [Type], _ result: Type, isMethod: Bool = false) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.isMethod = isMethod
  }
}

/// What the checker found out.
package struct CheckResult: Sendable, Hashable {
  /// `error` if nothing can be said.
  package let type: Type
  /// All that is wrong, in the order of the source.
  package let errors: [ExpressionError]
}
