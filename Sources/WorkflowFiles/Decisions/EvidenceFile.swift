/// What proves a decision by itself, without the repository, the forge or the server that it came through.
///
///     writ evidence 1 decision
///     document <sha256> <length>
///     {"decision":"approve", ...}
///
/// A first line that says what it is about (`decision`, or the path of a file of the inbox); then parts, each a line
/// `<kind> <id> <length>`, as many bytes, and a line feed. Git's own objects are kept as git stores them.
package struct EvidenceFile: Sendable, Hashable {
  package struct Part: Sendable, Hashable {
    package var kind: Kind
    /// Git's id of an object, the fingerprint of a key, SHA-256 in hex of anything else.
    package var id: String
    package var bytes: [UInt8]

    /// Whether the id is that of the content; git's own are for git's reader to judge.
    fileprivate var isIntact: Bool {
      switch kind {
      case .commit, .tree, .blob, .policy: true
      case .document, .signature: Hex.sha256(bytes) == id
      case .key: PublicKey(text: String(decoding: bytes, as: UTF8.self))?.fingerprint == id
      }
    }
  }

  package enum Kind: String, Sendable, Hashable {
    /// Objects of git: the commit first, then what leads to the file; the same of its parents.
    case commit, tree, blob
    /// A decision document, and its signature in armour.
    case document, signature
    /// The public key that signed; the id is its fingerprint.
    case key
    /// The deployed commit whose `people.yaml` judged it, as its id.
    case policy
  }

  package var subject: String
  package var parts: [Part] = []

  package static let decision = "decision"

  package init(subject: String) { self.subject = subject }

  package mutating func add(_ kind: Kind, _ id: String, _ bytes: [UInt8] = []) {
    guard !parts.contains(where: { $0.kind == kind && $0.id == id }) else { return }
    parts.append(Part(kind: kind, id: id, bytes: bytes))
  }

  package func first(_ kind: Kind) -> Part? { parts.first { $0.kind == kind } }

  package var bytes: [UInt8] {
    var bytes = Array("writ evidence 1 \(subject)\n".utf8)
    for part in parts {
      bytes += Array("\(part.kind.rawValue) \(part.id) \(part.bytes.count)\n".utf8) + part.bytes + [0x0A]
    }
    return bytes
  }

  /// `nil` for what ``bytes`` cannot have written.
  package init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    let mark = "writ evidence 1 "
    guard let head = Self.line(&rest), head.hasPrefix(mark) else { return nil }
    subject = String(head.dropFirst(mark.count))
    while !rest.isEmpty {
      guard let words = Self.line(&rest)?.split(separator: " "), words.count == 3,
        let kind = Kind(rawValue: String(words[0])), let length = Int(words[2]), length >= 0, length < rest.count
      else { return nil }
      let part = Part(kind: kind, id: String(words[1]), bytes: Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
      guard part.isIntact, rest.popFirst() == 0x0A else { return nil }
      parts.append(part)
    }
  }

  private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let end = rest.firstIndex(of: 0x0A) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return String(validating: rest[..<end], as: UTF8.self)
  }
}
