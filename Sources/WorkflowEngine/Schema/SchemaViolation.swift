/// A way in which a value does not fit a schema.
package struct SchemaViolation: Sendable, Hashable {
  /// Where in the value, as an RFC 6901 pointer. For something missing: where it should be.
  package let pointer: String
  /// A sentence for the person who filled in the form, without a full stop: "Amount must be at least 1".
  package let message: String
  /// The keyword that was not met, as a pointer into the schema.
  package let schemaPointer: String
}

/// How strictly a value is checked.
package struct SchemaValidation: Sendable, Hashable {
  package enum UnknownFields: Sendable, Hashable {
    /// A field that the schema does not name is a violation, unless `additionalProperties` speaks about it or the
    /// schema names no field at all. What `allOf`, `$ref` and other branches of the same value name counts as named.
    case refused
    /// As JSON Schema has it.
    case allowed
  }

  package var unknownFields: UnknownFields
  /// No more violations than this are returned; at least 1.
  package let limit: Int

  package init(unknownFields: UnknownFields = .refused, limit: Int = 100) {
    self.unknownFields = unknownFields
    self.limit = max(1, limit)
  }
}
