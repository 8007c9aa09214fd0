/// The fields of a record, in the order of the schema.
package struct Record: Sendable, Hashable {
  package struct Field: Sendable, Hashable {
    package let name: String
    package let type: Type
    /// Whether the field is always there. One that may be absent is read with `has()` or `.?`.
    package let isRequired: Bool

    package init(name: String, type: Type, isRequired: Bool) {
      self.name = name
      self.type = type
      self.isRequired = isRequired
    }
  }

  package let fields: [Field]
  /// Whether fields that are not listed may be there as well.
  package let isOpen: Bool

  package init(fields: [Field], isOpen: Bool = false) {
    self.fields = fields
    self.isOpen = isOpen
  }

  package subscript(name: String) -> Field? {
    fields.first { $0.name.hasSameBytes(as: name) }
  }
}
