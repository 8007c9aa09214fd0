package import CEL

/// What a schema marks `sensitive` is sealed as soon as it is taken in: `{"$sealed": "..."}`. From then on it is passed
/// on and never looked into, so that fold and verify need no key. Keys beginning with `$` are refused in what comes from
/// outside, so nobody can write such a mark.
extension Value {
  package static let sealedKey = "$sealed"

  package static func sealed(_ text: String) -> Value { .map(ValueMap([(sealedKey, .string(text))])) }

  /// What is under the seal, as its maker wrote it; `nil` where nothing is sealed.
  package var sealedText: String? {
    guard case .map(let map) = self, map.count == 1 else { return nil }
    return map[Self.sealedKey]?.stringValue
  }

  package var isSealed: Bool { sealedText != nil }

  /// What stands in a text in place of something sealed.
  package static let hidden = "hidden"

  /// Under a seal that hides nothing: where nothing is kept, so in scenarios.
  package var sealedOpenly: Value {
    .sealed((try? canonicalJSON()).map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  /// The value as those read it who have no key.
  package var hidingSealed: Value { replacingSealed { _ in .string(Self.hidden) } }

  /// The value with everything in it that is sealed replaced.
  package func replacingSealed(_ replacement: (String) -> Value) -> Value {
    if let sealedText { return replacement(sealedText) }
    return switch self {
    case .map(let map): .map(map.replacingSealed(replacement))
    case .list(let items): .list(items.map { $0.replacingSealed(replacement) })
    default: self
    }
  }
}

extension ValueMap {
  package func replacingSealed(_ replacement: (String) -> Value) -> ValueMap {
    mapMembers { $1.replacingSealed(replacement) }
  }
}

extension Type {
  /// Of what is sealed: no operator and no function takes it.
  package static let sensitive = Type.abstract("sensitive", [])
}

extension Schema {
  /// Whether anything in it is marked.
  package var isSensitive: Bool { nodes.contains(where: \.notes.isSensitive) }

  /// The value with what is marked in it sealed; what is sealed already stays so.
  package func sealing(_ value: Value, with seal: (Value) -> Value) -> Value {
    isSensitive ? sealing(value, SchemaView(self), seal) : value
  }

  private func sealing(_ value: Value, _ view: SchemaView, _ seal: (Value) -> Value) -> Value {
    if value.isSealed { return value }
    if view.isSensitive { return seal(value) }
    return switch value {
    case .map(let map): .map(map.mapMembers { sealing($1, view.field($0), seal) })
    case .list(let items): .list(items.enumerated().map { sealing($1, view.item($0), seal) })
    default: value
    }
  }
}
