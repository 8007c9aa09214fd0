/// Something that keeps a schema from being read.
package struct SchemaProblem: Sendable, Hashable {
  /// Where in the schema, as an RFC 6901 pointer; the root is "".
  package let pointer: String
  package let message: String
  /// How to mend it, when there is something to say.
  package let hint: String?
}

/// Why a value is not a schema of the subset: every reason, in order of place.
package struct SchemaErrors: Error, Sendable, Hashable {
  package let problems: [SchemaProblem]
}

extension SchemaProblem: Comparable {
  package static func < (one: SchemaProblem, other: SchemaProblem) -> Bool {
    (one.pointer, one.message) < (other.pointer, other.message)
  }
}
