import CEL
import WorkflowEngine
import WorkflowRunner

extension Secrets {
  /// Characters of a failure's message that go into the record.
  private static let messageLimit = 500

  /// What came of an attempt, with `***` wherever a secret that was sent came back. A message is cut only afterwards:
  /// half a secret would not be found.
  func redacted(_ performed: Performed) -> Performed {
    switch performed {
    case .done(let value): return .done(redacted(value, Self.spellings(of: used)))
    case .failed(let code, let message):
      let scalars = redacted(message, Self.spellings(of: used.union(opened))).unicodeScalars.prefix(Self.messageLimit)
      return .failed(code: code, message: String(String.UnicodeScalarView(scalars)))
    }
  }

  private func redacted(_ value: Value, _ spellings: [[UInt8]]) -> Value {
    guard !spellings.isEmpty else { return value }
    return switch value {
    case .string(let text): .string(redacted(text, spellings))
    case .list(let items): .list(items.map { redacted($0, spellings) })
    case .map(let map):
      .map(ValueMap(map.stringPairs.map { (redacted($0, spellings), redacted($1, spellings)) }))
    default: value
    }
  }

  /// Bytes are compared, since a character of the text may be made of a secret's last one and what follows it.
  private func redacted(_ text: String, _ spellings: [[UInt8]]) -> String {
    guard !spellings.isEmpty else { return text }
    let bytes = spellings.reduce(Array(text.utf8)) { $0.replacing($1, with: "***".utf8) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The secrets as they are, as JSON escapes them and as a url encodes them; the longest first, as one may hold
  /// another.
  private static func spellings(of secrets: Set<String>) -> [[UInt8]] {
    var spellings: Set<[UInt8]> = []
    for secret in secrets {
      spellings.insert(Array(secret.utf8))
      spellings.insert(Array(secret.percentEncoded.utf8))
      if let json = try? Value.string(secret).canonicalJSON() { spellings.insert(Array(json.dropFirst().dropLast())) }
    }
    return spellings.sorted { $0.count > $1.count }
  }
}
