extension Rejection {
  /// What a schema has against a value; `nil`: nothing.
  ///
  /// - Parameter noun: what the value is for, in the sentence: `form`, `message`.
  init?(_ violations: [SchemaViolation], of noun: String) {
    guard let first = violations.first else { return nil }
    self.init(
      .invalid, violations.count == 1 ? first.message : "\(violations.count) fields of the \(noun) do not hold",
      violations: violations.map { Violation(pointer: $0.pointer, message: $0.message) })
  }
}
