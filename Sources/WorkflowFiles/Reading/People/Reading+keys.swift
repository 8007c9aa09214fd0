import CEL
import WorkflowEngine

/// Public keys that sign decisions, and commits of the record.
extension Reading {
  /// The line of a `.pub` file, or a mapping that says when it counts.
  func signingKey(_ node: YAMLNode) -> SigningKey? {
    guard node.entries != nil else { return publicKey(node) }
    guard let fields = Fields(node, PeopleKeys.key, in: self) else { return nil }
    var key = fields["key"].flatMap(publicKey)
    key?.from = fields["from"].flatMap(date)
    key?.until = fields["until"].flatMap(date)
    key?.isRevoked = fields.flag("revoked") ?? false
    if let from = key?.from, let until = key?.until, until < from {
      report(.dateOrTime, "the key's last day is before its first", at: fields["until"]?.span ?? fields.anchor)
    }
    return key
  }

  func publicKey(_ node: YAMLNode) -> SigningKey? {
    guard let text = text(node) else { return nil }
    guard let key = PublicKey(text: text) else {
      report(.signingKey, Self.fault(of: text), at: node, hint: "write the line of the .pub file: ssh-ed25519 AAAA…")
      return nil
    }
    return SigningKey(text: key.text, fingerprint: key.fingerprint)
  }

  private static func fault(of text: String) -> String {
    if text.contains("PRIVATE KEY") { return "this is a private key: it is known to others now, make a new one" }
    if text.hasPrefix(OpenPGPKey.begin) {
      return "this is not one OpenPGP key that signs: RSA of at least 2048 bits, ECDSA or EdDSA, in one block"
    }
    let type = text.prefix { !$0.isWhitespace }
    if type.contains("cert") { return "this is a certificate, and a key is wanted" }
    return SSHKey.types.contains(String(type))
      ? "this \(type) key is damaged or too short" : "this is no public key that OpenSSH signs with"
  }

  /// A key vouches for one person, or for one forge.
  func checkKeys(_ people: [YAMLNode.Entry], _ forges: [YAMLNode.Entry]) {
    var owners: [String: YAMLNode.Entry] = [:]
    for entry in people + forges {
      for node in entry.value["keys"]?.items ?? [] {
        let place = node.entries == nil ? node : node["key"]
        guard let place, let key = place.text.flatMap(PublicKey.init(text:)) else { continue }
        if let owner = owners.updateValue(entry, forKey: key.fingerprint) {
          let related = Finding.Related(place: source.place(owner.key.span), message: "it belongs to '\(owner.name)'")
          report(
            .sharedIdentity, "this key is also that of '\(owner.name)'", at: place.span, related: [related])
        }
      }
    }
  }
}
