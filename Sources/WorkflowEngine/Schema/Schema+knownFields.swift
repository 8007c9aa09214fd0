package import CEL

extension Schema {
  /// `value` without the fields that the schema does not speak of, also inside its fields and items: what is kept of a
  /// service's answer. An object of which the schema names no field is kept whole.
  package func keepingKnownFields(of value: Value) -> Value {
    known(value, SchemaView(self))
  }

  private func known(_ value: Value, _ view: SchemaView) -> Value {
    switch value {
    case .map(let map) where !value.isSealed:
      let names = Set(view.fieldNames + view.conditionalFieldNames)
      let keepsAll = names.isEmpty || view.nodes.contains { $0.fields.additional != nil }
      let kept = map.stringPairs.filter { name, _ in keepsAll || names.contains(name) }
      return .map(ValueMap(kept.map { name, field in (name, known(field, view.field(name))) }))
    case .list(let list):
      return .list(list.enumerated().map { known($1, view.item($0)) })
    default:
      return value
    }
  }
}
