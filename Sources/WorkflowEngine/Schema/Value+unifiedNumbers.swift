import CEL

extension Value {
  /// The same value with every whole number an `int` where one can hold it, so that 1 and 1.0, which JSON Schema holds
  /// for equal, are equal and hash alike.
  var withUnifiedNumbers: Value {
    switch self {
    case .uint(let uint): Int64(exactly: uint).map(Value.int) ?? self
    case .double(let double): Int64(exactly: double).map(Value.int) ?? self
    case .list(let list): .list(list.map(\.withUnifiedNumbers))
    case .map(let map): .map(map.mapMembers { $1.withUnifiedNumbers })
    default: self
    }
  }

  /// Whether lists and maps are nested more than `limit` deep.
  func isDeeper(than limit: Int) -> Bool {
    switch self {
    case .list(let list): limit == 0 || list.contains { $0.isDeeper(than: limit - 1) }
    case .map(let map): limit == 0 || map.contains { $0.value.isDeeper(than: limit - 1) }
    default: false
    }
  }
}
