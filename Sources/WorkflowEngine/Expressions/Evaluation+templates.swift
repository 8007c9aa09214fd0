package import CEL

/// Requests of service steps. Secrets never enter a value: where one is meant, the request holds
/// `{"$secret": name}`, or `{"$parts": [...]}` for a text around it, which the performer fills in when it sends. So it
/// does with what is sealed.
/// Keys beginning with `$` are refused in input, so nobody can write such a marker.
extension Evaluation {
  func filled(_ template: ValueTemplate, _ place: String) throws(StepFailure) -> Value {
    switch template {
    case .literal(let value): return value
    case .template(let template): return try filled(template, place)
    case .list(let items):
      var values: [Value] = []
      for (index, item) in items.enumerated() { values.append(try filled(item, "\(place)[\(index)]")) }
      return .list(values)
    case .map(let fields):
      var map: ValueMap = [:]
      for field in fields { map[field.name] = try filled(field.value, "\(place).\(field.name)") }
      return .map(map)
    }
  }

  /// A text that is exactly one `${...}` keeps the value's type.
  private func filled(_ template: Template, _ place: String) throws(StepFailure) -> Value {
    if template.parts.count == 1, case .formula(let formula) = template.parts[0] {
      if let secret = formula.secretName { return ["$secret": .string(secret)] }
      return try value(of: formula, place).stored
    }
    let isURL = place == "with.url"
    var parts: [Value] = []
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let literal): text += literal
      case .formula(let formula):
        if let secret = formula.secretName {
          parts += [.string(text), ["$secret": .string(secret)]]
          text = ""
        } else {
          let value = try value(of: formula, place)
          guard !value.isSealed else {
            parts += [.string(text), value]
            text = ""
            continue
          }
          // The address itself may come from a setting; what is put into it is encoded.
          text += isURL && !text.isEmpty ? value.text.percentEncoded : value.text
        }
      }
    }
    return parts.isEmpty ? .string(text) : ["$parts": .list(parts + [.string(text)])]
  }
}

extension Formula {
  /// `secrets.NAME`, the only form in which a secret may be named.
  package var secretName: String? {
    guard roots == ["secrets"] else { return nil }
    let words = source.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count == 2, words[0] == "secrets", !words[1].isEmpty,
      words[1].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else { return nil }
    return String(words[1])
  }
}

extension String {
  /// RFC 3986: everything but unreserved characters.
  fileprivate var percentEncoded: String {
    var encoded = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        encoded += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return encoded
  }

  /// Without spaces and line breaks at its ends.
  var trimmingSpaces: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
