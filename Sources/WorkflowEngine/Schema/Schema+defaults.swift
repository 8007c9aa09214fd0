package import CEL

extension Schema {
  /// `value` with the fields that are absent and have a `default`, also inside its fields and items.
  ///
  /// A default is taken as it stands: nothing is filled in inside it.
  package func applyingDefaults(to value: Value) -> Value {
    filled(value, SchemaView(self))
  }

  private func filled(_ value: Value, _ view: SchemaView) -> Value {
    if view.nodes.isEmpty || value.isSealed { return value }
    switch value {
    case .map(let map):
      let absent = view.fieldNames.lazy.filter { map[$0] == nil }
      let defaults = absent.compactMap { name in view.field(name).fallback.map { (name, $0) } }
      return .map(map.mapMembers { filled($1, view.field($0)) }.merging(ValueMap(defaults)))
    case .list(let list):
      return .list(list.enumerated().map { filled($1, view.item($0)) })
    default:
      return value
    }
  }
}
