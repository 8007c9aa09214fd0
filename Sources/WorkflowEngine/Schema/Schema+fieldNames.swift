import CEL

extension Schema {
  /// The names of the fields of the value itself.
  package var fieldNames: [String] { SchemaView(self).fieldNames }

  /// The values that a required field can have, where they are listed.
  func choices(of field: String) -> [Value]? {
    let view = SchemaView(self)
    return view.requires(field) ? view.field(field).choices : nil
  }

  /// Whether a group of fields can meet it.
  package var describesFields: Bool { SchemaView(self).types?.contains(.object) ?? true }
}
