package import CEL

extension Schema {
  /// The value that submitted texts stand for, with defaults filled in, and what is wrong with it.
  ///
  /// Keys are names of fields; `address.city` and `tags.0` reach inside objects and lists, which may also be given
  /// whole, as JSON text. Empty text means absent. A text that cannot be read as what the schema asks for is kept as
  /// text, so the violations speak of it and the form can show it again.
  package func value(fromForm fields: [String: String]) -> (Value, [SchemaViolation]) {
    let view = SchemaView(self)
    var texts = FormTexts()
    for (key, text) in fields {
      texts.insert(text, at: view.fieldNames.contains(key) ? [key[...]] : FormTexts.path(key))
    }
    let value = applyingDefaults(to: storedValue(texts.value(view, isRequired: true) ?? .map(ValueMap())))
    return (value, validate(value))
  }
}

/// Submitted texts by the parts of their dotted keys.
struct FormTexts {
  private var text: String?
  private var parts: [String: FormTexts] = [:]

  private static let maxDepth = 16

  static func path(_ key: String) -> [Substring] {
    key.split(separator: ".", maxSplits: maxDepth - 1, omittingEmptySubsequences: false)
  }

  mutating func insert(_ text: String, at path: [Substring]) {
    guard let first = path.first else {
      self.text = text
      return
    }
    parts[String(first), default: FormTexts()].insert(text, at: Array(path.dropFirst()))
  }

  /// Nil when everything here is empty.
  func value(_ view: SchemaView, isRequired: Bool) -> Value? {
    let whole = text.flatMap { FormText($0).value(view, isRequired: isRequired) }
    if parts.isEmpty { return whole }
    if view.formTypes?.contains(.array) == true, let items = items(view) { return items }
    let fields = parts.compactMap { name, texts in
      texts.value(view.field(name), isRequired: view.requires(name)).map { (name, $0) }
    }
    let map = (whole?.mapValue ?? ValueMap()).merging(ValueMap(fields))
    return map.isEmpty && !isRequired ? nil : .map(map)
  }

  /// Items in order of their numbers; nil when a key is no number.
  private func items(_ view: SchemaView) -> Value? {
    let numbered = parts.compactMap { key, texts in Int(key).map { ($0, texts) } }.sorted { $0.0 < $1.0 }
    guard numbered.count == parts.count else { return nil }
    return .list(numbered.enumerated().compactMap { $1.1.value(view.item($0), isRequired: false) })
  }
}
