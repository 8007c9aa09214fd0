import CEL
import WorkflowEngine

/// Puts secrets where a request marks them: `{"$secret": name}`, and `{"$parts": [...]}` for a text around one; and opens
/// what is sealed. It remembers what it put in, so that nothing of it comes out again.
struct Secrets: Sendable {
  let settings: Settings
  /// Where secrets are read: names to values.
  let environment: [String: String]
  /// Opens what is sealed; `nil` where its key is not here.
  let open: @Sendable (String) -> Value?
  private(set) var used: Set<String> = []
  /// What was sealed. An answer may hold it, and is sealed where its schema says so; the message of a failure may not.
  private(set) var opened: Set<String> = []

  init(settings: Settings, environment: [String: String], open: @escaping @Sendable (String) -> Value?) {
    self.settings = settings
    self.environment = environment
    self.open = open
  }

  mutating func fill(_ request: ValueMap) throws(AttemptFailure) -> Value {
    var filled: ValueMap = [:]
    for (name, value) in request.stringPairs { filled[name] = try fill(value, isURL: name == "url") }
    return .map(filled)
  }

  private mutating func fill(_ value: Value, isURL: Bool = false) throws(AttemptFailure) -> Value {
    switch value {
    case .map(let map):
      if map.count == 1, let name = map["$secret"]?.stringValue { return .string(try secret(name)) }
      if let sealed = value.sealedText { return try unsealed(sealed) }
      if map.count == 1, let parts = map["$parts"]?.listValue { return .string(try joined(parts, isURL: isURL)) }
      var filled: ValueMap = [:]
      for (name, field) in map.stringPairs { filled[name] = try fill(field) }
      return .map(filled)
    case .list(let items):
      var filled: [Value] = []
      for item in items { filled.append(try fill(item)) }
      return .list(filled)
    default: return value
    }
  }

  /// As everywhere, what is put into a url is percent-encoded, except at its very beginning.
  private mutating func joined(_ parts: [Value], isURL: Bool) throws(AttemptFailure) -> String {
    var text = ""
    for part in parts {
      if let literal = part.stringValue { text += literal }
      let value: String
      if let sealed = part.sealedText {
        value = try unsealed(sealed).text
      } else if let name = part["$secret"]?.stringValue {
        value = try secret(name)
      } else {
        continue
      }
      text += isURL && !text.isEmpty ? value.percentEncoded : value
    }
    return text
  }

  private mutating func unsealed(_ sealed: String) throws(AttemptFailure) -> Value {
    guard let value = open(sealed) else {
      throw AttemptFailure(code: "config", message: "the key of a sensitive value is not in state/.git/writ/keys")
    }
    opened.formUnion(value.texts)
    return value
  }

  /// The value of a secret.
  mutating func secret(_ name: String) throws(AttemptFailure) -> String {
    guard let variable = settings.secrets[name] else {
      throw AttemptFailure(code: "config", message: "no secret is named '\(name)' in writ.yaml")
    }
    guard let value = environment[variable], !value.isEmpty else {
      throw AttemptFailure(
        code: "config", message: "the secret '\(name)' is empty: set the environment variable \(variable)")
    }
    used.insert(value)
    return value
  }
}

extension Value {
  /// The texts in it that are worth hiding: shorter ones would be found everywhere.
  fileprivate var texts: [String] {
    switch self {
    case .map(let map): map.stringPairs.flatMap { $1.texts }
    case .list(let items): items.flatMap(\.texts)
    default: text.utf8.count > 3 ? [text] : []
    }
  }
}

extension String {
  /// RFC 3986: everything but unreserved characters.
  var percentEncoded: String {
    var encoded: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        encoded += (hex.count == 1 ? "%0\(hex)" : "%\(hex)").utf8
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
