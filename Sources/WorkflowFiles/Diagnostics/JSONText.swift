import CEL

/// A JSON value on its way to text, members in the order given.
enum JSONText: Sendable {
  case string(String)
  case int(Int)
  case bool(Bool)
  case list([JSONText])
  case object([(String, JSONText?)])

  /// Indented by two; members without a value are left out.
  func render() -> String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .string(let string): Self.write(string, to: &text)
    case .int(let int): text += String(int)
    case .bool(let bool): text += String(bool)
    case .list(let items):
      Self.write(items.map { (nil, $0) }, "[", "]", to: &text, indent)
    case .object(let members):
      Self.write(members.compactMap { name, value in value.map { (name, $0) } }, "{", "}", to: &text, indent)
    }
  }

  private static func write(
    _ members: [(name: String?, value: JSONText)], _ open: String, _ close: String, to text: inout String, _ indent: Int
  ) {
    guard !members.isEmpty else { return text += open + close }
    text += open
    for (index, member) in members.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: indent + 1)
      if let name = member.name {
        write(name, to: &text)
        text += ": "
      }
      member.value.write(to: &text, indent: indent + 1)
    }
    text += "\n" + String(repeating: "  ", count: indent) + close
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        text += "\\u" + Hexadecimal.digits(scalar.value, width: 4)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension JSONText: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .int(value) }

  static func optional(_ string: String?) -> JSONText? { string.map(JSONText.string) }
}

extension JSONText {
  /// A value of texts, whole numbers and truths; members in order of name.
  init(_ value: Value) {
    switch value {
    case .bool(let bool): self = .bool(bool)
    case .int(let int): self = .int(Int(int))
    case .list(let items): self = .list(items.map { JSONText($0) })
    case .map(let map): self = .object(map.entries.map { ($0.key.string ?? "", JSONText($0.value)) })
    default: self = .string(value.stringValue ?? "")
    }
  }
}
