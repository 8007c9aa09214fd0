import CEL

extension Value {
  /// JSON for people and programs: members in order of name, indented by two.
  var prettyJSON: String {
    var text = ""
    append(to: &text, indent: "")
    return text
  }

  private func append(to text: inout String, indent: String) {
    let inner = indent + "  "
    switch self {
    case .map(let map) where !map.isEmpty:
      text += "{\n"
      for (index, entry) in map.entries.enumerated() {
        text += inner + Value.string(entry.key.text).compactJSON + ": "
        entry.value.append(to: &text, indent: inner)
        text += index == map.count - 1 ? "\n" : ",\n"
      }
      text += indent + "}"
    case .list(let items) where items.contains { $0.isContainer }:
      text += "[\n"
      for (index, item) in items.enumerated() {
        text += inner
        item.append(to: &text, indent: inner)
        text += index == items.count - 1 ? "\n" : ",\n"
      }
      text += indent + "]"
    default: text += compactJSON
    }
  }

  private var isContainer: Bool { mapValue != nil || listValue != nil }

  /// One line; what JSON cannot write (no stored value) is `null`.
  var compactJSON: String {
    (try? canonicalJSON()).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// A value in a sentence: text without quotes, everything else as JSON.
  var words: String { stringValue.map(Table.oneLine) ?? compactJSON }

  subscript(text key: String) -> String? { self[key]?.stringValue }
  subscript(items key: String) -> [Value] { self[key]?.listValue ?? [] }
  subscript(time key: String) -> Timestamp? { self[text: key].flatMap { Timestamp(rfc3339: $0) } }
}
