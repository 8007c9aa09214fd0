import CEL
package import WorkflowEngine

/// What an item of an `each` is called where people tell several apart.
extension Case {
  /// The step's label; of an item, with its name: `Call a reference: Babbage`.
  package func label(of visit: Visit) -> String {
    guard let item = instance.itemWords(at: visit.token) else { return label(of: visit.step) }
    return "\(label(of: visit.step)): \(item)"
  }
}

extension Instance {
  private static let namingFields = ["name", "title", "id"]
  private static let longestItem = 60

  /// The item itself where it is short, a field of it that names it, or else its number.
  package func itemWords(at token: Int) -> String? {
    guard let item = itemValue(of: token), let index = self.item(of: token) else { return nil }
    let named = Self.namingFields.lazy.compactMap { item[$0] }.first
    let words = item.plainWords ?? named?.plainWords
    return words.flatMap { $0.isEmpty || $0.count > Self.longestItem ? nil : $0 } ?? "item \(index + 1)"
  }
}

extension Value {
  fileprivate var plainWords: String? {
    switch self {
    case .map, .list, .null, .optional: nil
    default: text
    }
  }
}
