package import CEL

extension Schema {
  /// Every way in which a stored value does not fit, in a fixed order: fields as the schema names them, items by index.
  ///
  /// Work is bounded by the number of subschemas times the number of places in the value, whatever they refer to.
  package func validate(_ value: Value, _ options: SchemaValidation = .init()) -> [SchemaViolation] {
    validate(value, options, people: nil)
  }

  /// The same, where `format: person` also has to name somebody whom `people` has.
  package func validate(
    _ value: Value, _ options: SchemaValidation = .init(), people: People?
  ) -> [SchemaViolation] {
    guard !value.isDeeper(than: SchemaChecker.maxValueDepth) else {
      let message = "the value is nested more than \(SchemaChecker.maxValueDepth) deep"
      return [SchemaViolation(pointer: "", message: message, schemaPointer: "")]
    }
    var checker = SchemaChecker(schema: self, options: options, people: people)
    return checker.check(value)
  }
}
