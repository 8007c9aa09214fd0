import WorkflowEngine

/// A public key of `people.yaml`: OpenSSH's, or OpenPGP's.
package struct PublicKey: Sendable, Hashable {
  /// A line without a comment, or a block in armour.
  package let text: String
  /// `SHA256:…` or `openpgp:…`: what names the key in the record.
  package let fingerprint: String

  package init(_ key: SSHKey) { (text, fingerprint) = (key.text, key.fingerprint) }

  package init(_ key: OpenPGPKey) { (text, fingerprint) = (key.text, key.fingerprint) }

  /// `nil` for anything else.
  package init?(text: String) {
    if let key = SSHKey(line: text) {
      self.init(key)
    } else if let key = OpenPGPKey(armoured: text) {
      self.init(key)
    } else {
      return nil
    }
  }
}
