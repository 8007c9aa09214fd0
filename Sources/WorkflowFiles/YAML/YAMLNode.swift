package import WorkflowEngine

/// A value as it stands in a file: its text is what the author typed, its type is what the key wants.
package struct YAMLNode: Sendable {
  package var kind: Kind
  private var low: UInt32
  private var high: UInt32

  package init(_ kind: Kind, span: Range<Int>) {
    self.kind = kind
    low = UInt32(truncatingIfNeeded: span.lowerBound)
    high = UInt32(truncatingIfNeeded: span.upperBound)
  }

  /// UTF-8 offsets in the file, quotes and brackets included.
  package var span: Range<Int> { Int(low)..<Int(high) }

  package enum Kind: Sendable {
    case scalar(String, Style)
    /// In the author's order; keys are scalars and differ from each other.
    case mapping([Entry])
    case sequence([YAMLNode])
  }

  package enum Style: Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

  package struct Entry: Sendable {
    package var key: YAMLNode
    package var value: YAMLNode

    package var name: String { key.text ?? "" }

    fileprivate var end: Int { max(key.span.upperBound, value.span.upperBound) }
  }

  /// The text of a scalar.
  package var text: String? {
    if case .scalar(let text, _) = kind { text } else { nil }
  }

  package var style: Style? {
    if case .scalar(_, let style) = kind { style } else { nil }
  }

  package var entries: [Entry]? {
    if case .mapping(let entries) = kind { entries } else { nil }
  }

  package var items: [YAMLNode]? {
    if case .sequence(let items) = kind { items } else { nil }
  }

  /// Nothing was written: `key:` and the end of the line.
  package var isEmpty: Bool {
    if case .scalar("", .plain) = kind { true } else { false }
  }

  package subscript(key: String) -> YAMLNode? {
    entries?.first { $0.name == key }?.value
  }

  /// The keys and indexes that lead to what stands at an offset; a key leads to its value.
  package func path(at offset: Int) -> [PathElement] {
    var node = self
    var path: [PathElement] = []
    while true {
      switch node.kind {
      case .scalar: return path
      case .mapping(let entries):
        guard let entry = entries.first(where: { $0.key.span.lowerBound <= offset && offset <= $0.end }) else {
          return path
        }
        path.append(.key(entry.name))
        if offset < entry.value.span.lowerBound { return path }
        node = entry.value
      case .sequence(let items):
        guard let index = items.firstIndex(where: { $0.span.lowerBound <= offset && offset <= $0.span.upperBound })
        else { return path }
        path.append(.index(index))
        node = items[index]
      }
    }
  }

  /// Follows a path as far as the file goes: the last entry on the way, and how many elements were found.
  package func follow(_ path: [PathElement]) -> (key: YAMLNode?, node: YAMLNode, found: Int) {
    var place: (key: YAMLNode?, node: YAMLNode, found: Int) = (nil, self, 0)
    for element in path {
      switch (element, place.node.kind) {
      case (.key(let name), .mapping(let entries)):
        guard let entry = entries.first(where: { $0.name == name }) else { return place }
        place = (entry.key, entry.value, place.found + 1)
      case (.index(let index), .sequence(let items)) where items.indices.contains(index):
        place = (nil, items[index], place.found + 1)
      default: return place
      }
    }
    return place
  }
}
