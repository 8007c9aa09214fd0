package import CEL

/// A JSON Schema 2020-12, in the subset that Writ documents: the type of a workflow's input, variables, forms and
/// results.
///
/// A schema is read once and refused as a whole when anything in it is outside the subset, so no keyword is ever
/// silently ignored. Two schemas are equal when their sources are.
package struct Schema: Sendable {
  /// The schema as the author wrote it, for storage and digests.
  package let source: Value
  /// For a map inside the schema, by its pointer, its keys in the author's order. Only forms look at it.
  package let propertyOrder: [String: [String]]
  /// Every subschema; the first is the schema itself.
  let nodes: [SchemaNode]

  /// - Parameter propertyOrder: the keys of maps in the author's order, by pointer (`/properties`), since a ``Value``
  ///   keeps its keys sorted. A map without an entry is shown in order of its keys.
  /// - Throws: every problem of the schema, in order of place.
  package init(_ value: Value, propertyOrder: [String: [String]] = [:]) throws(SchemaErrors) {
    var reader = SchemaReader()
    reader.readRoot(value)
    guard reader.problems.isEmpty else { throw SchemaErrors(problems: reader.problems.sorted()) }
    source = value
    self.propertyOrder = propertyOrder
    nodes = reader.nodes
  }
}

extension Schema: Hashable {
  package static func == (one: Schema, other: Schema) -> Bool {
    one.source == other.source && one.propertyOrder == other.propertyOrder
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(source)
  }
}
