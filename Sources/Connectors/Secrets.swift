import CEL
import WorkflowEngine

/// Puts secrets where a request marks them: `{"$secret": name}`, and `{"$parts": [...]}` for a text around one. It
/// remembers what it put in, so that nothing of it comes out again.
struct Secrets: Sendable {
  let settings: Settings
  /// Where secrets are read: names to values.
  let environment: [String: String]
  private(set) var used: Set<String> = []

  init(settings: Settings, environment: [String: String]) {
    self.settings = settings
    self.environment = environment
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
      guard let name = part["$secret"]?.stringValue else { continue }
      let value = try secret(name)
      text += isURL && !text.isEmpty ? value.percentEncoded : value
    }
    return text
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
