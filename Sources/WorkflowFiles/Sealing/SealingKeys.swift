package import CEL
import Crypto
package import WorkflowEngine

/// Seals what schemas mark `sensitive`, and opens it again for those who may see it.
///
/// A sealed value is `1.<key>.<base64>`: ChaCha20-Poly1305 (RFC 8439) with a nonce of its own over the value as one line
/// of JSON, filled with blanks so that its length tells little. `<key>` is the beginning of the key's SHA-256. Equal
/// values look different, so digests of what is shown tell nothing either.
package struct SealingKeys: Sendable {
  private let keys: [(name: String, key: SymmetricKey)]

  /// - Parameter keys: 32 bytes each; the first one seals.
  package init(_ keys: [[UInt8]]) {
    self.keys = keys.map { (String(Hex.sha256($0).prefix(8)), SymmetricKey(data: $0)) }
  }

  package func seal(_ value: Value) -> Value {
    var content = StoredValues.content(of: value)
    content += Array(repeating: UInt8(ascii: "\n"), count: Self.grain - content.count % Self.grain)
    guard let (name, key) = keys.first,
      let box = try? ChaChaPoly.seal(content, using: key, authenticating: Self.purpose)
    else { preconditionFailure("a record has a key") }
    return .sealed("1.\(name).\(Base64.encode(Array(box.combined)))")
  }

  /// `nil` where the key is not here, or the seal is broken.
  package func open(_ text: String) -> Value? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "1", let key = keys.first(where: { $0.name == parts[1] })?.key,
      let bytes = Base64.decode(parts[2]), let box = try? ChaChaPoly.SealedBox(combined: bytes),
      let content = (try? ChaChaPoly.open(box, using: key, authenticating: Self.purpose)).map(Array.init),
      let end = content.firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    return try? StoredValues.value(of: Array(content[...end]))
  }

  /// A digest that tells nothing to those who guess at what is digested.
  package func digest(_ bytes: [UInt8]) -> String {
    guard let key = keys.first?.key else { preconditionFailure("a record has a key") }
    return Hex.text(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
  }

  /// Bytes to a multiple of which a value is filled up.
  private static let grain = 64
  private static let purpose = Array("writ sealed value".utf8)
}

extension SealingKeys {
  /// The value as it was before; what cannot be opened stays sealed.
  package func opened(_ value: Value) -> Value {
    value.replacingSealed { open($0) ?? .sealed($0) }
  }

  package func opened(_ map: ValueMap) -> ValueMap {
    map.replacingSealed { open($0) ?? .sealed($0) }
  }

  /// A worker's input: texts around something sealed are put together as well.
  package func filled(_ value: Value) -> Value {
    if let parts = value["$parts"]?.listValue, value.mapValue?.count == 1 {
      return .string(parts.map { opened($0).text }.joined())
    }
    return switch value {
    case .map(let map) where !value.isSealed: .map(ValueMap(map.stringPairs.map { ($0, filled($1)) }))
    case .list(let items): .list(items.map(filled))
    default: opened(value)
    }
  }

  /// The instance as those see it who take part in it.
  package func opened(_ instance: Instance) -> Instance {
    var opened = instance
    opened.input = self.opened(instance.input)
    opened.vars = self.opened(instance.vars)
    opened.output = instance.output.map { self.opened($0) }
    opened.results = instance.results.mapValues { result in
      var result = result
      result.output = self.opened(result.output)
      return result
    }
    for index in opened.visits.indices {
      switch opened.visits[index].work {
      case .task(var task):
        task.prefill = self.opened(task.prefill)
        task.shown = self.opened(task.shown)
        opened.visits[index].work = .task(task)
      case .approval(var approval):
        approval.shown = self.opened(approval.shown)
        opened.visits[index].work = .approval(approval)
      case .job, .wait, .call, .state, .blocked: break
      }
    }
    return opened
  }

  package func opened(_ shown: [Shown]) -> [Shown] {
    shown.map { Shown(label: $0.label, value: opened($0.value)) }
  }
}
