/// RFC 6901 pointers as text: "" is the whole document, `/a~1b/0` the first item under the key `a/b`.
enum JSONPointer {
  static func appending(_ token: String, to pointer: String) -> String {
    pointer + "/" + escaped(token)
  }

  static func appending(_ index: Int, to pointer: String) -> String {
    pointer + "/" + String(index)
  }

  private static func escaped(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
    var text = ""
    for scalar in token.unicodeScalars {
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The pointer inside a URI fragment, its percent-encoding undone; nil when that is malformed.
  static func decoded(fragment: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = fragment.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
