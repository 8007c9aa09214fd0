import CEL

/// One submitted text, read as what the schema asks for.
struct FormText {
  private let text: String
  private let trimmed: String

  init(_ text: String) {
    self.text = text
    let isSpace = { (byte: UInt8) in " \t\r\n".utf8.contains(byte) }
    let start = text.utf8.drop(while: isSpace)
    trimmed = String(Substring(start.dropLast(start.reversed().prefix(while: isSpace).count)))
  }

  /// Nil for empty text, which is null instead where a value is required and may be null.
  func value(_ view: SchemaView, isRequired: Bool) -> Value? {
    let types = view.formTypes ?? []
    if trimmed.isEmpty { return isRequired && types.contains(.null) ? .null : nil }
    if let choice = view.choices?.first(where: { $0.words == trimmed }) { return choice }
    if types.contains(.boolean), let flag = Self.flags[trimmed.lowercased()] { return .bool(flag) }
    if types.contains(.integer), let int = Int64(trimmed) { return .int(int) }
    if types.contains(.number), let number = number { return number }
    if types.contains(.null), !types.contains(.string), trimmed == "null" { return .null }
    if let nested = nested(types, view) { return nested }
    return .string(view.format == nil ? Self.withPlainLineEnds(text) : trimmed)
  }

  private static let flags = [
    "true": true, "yes": true, "on": true, "1": true, "false": false, "no": false, "off": false, "0": false,
  ]

  private var number: Value? {
    guard trimmed.utf8.allSatisfy({ $0.isDigit || "+-.eE".utf8.contains($0) }), let double = Double(trimmed),
      double.isFinite
    else { return nil }
    return .double(double)
  }

  /// JSON for objects and lists and for what may be anything; a list may also be written with commas or line by line.
  private func nested(_ types: SchemaTypes, _ view: SchemaView) -> Value? {
    let mayNest = types.isEmpty || !types.isDisjoint(with: [.array, .object])
    guard mayNest else { return nil }
    if trimmed.hasPrefix("[") || trimmed.hasPrefix("{"), let value = try? Value(json: trimmed.utf8) { return value }
    guard types.contains(.array), !types.contains(.string) else { return nil }
    let separators: Set<Character> = trimmed.contains(where: \.isNewline) ? ["\n", "\r\n", "\r"] : [","]
    let parts = trimmed.split { separators.contains($0) }
    return .list(
      parts.enumerated().compactMap { FormText(FormText(String($1)).trimmed).value(view.item($0), isRequired: false) })
  }

  /// Browsers send every line end as CR LF.
  private static func withPlainLineEnds(_ text: String) -> String {
    String(text.map { $0 == "\r\n" ? "\n" : $0 })
  }
}
