package import CEL

/// A public key that signs decisions, and when its signature counts.
package struct SigningKey: Sendable, Hashable {
  /// As OpenSSH writes it, without a comment: `ssh-ed25519 AAAA…`; or an OpenPGP block in armour.
  package var text: String
  /// As `ssh-keygen -l` prints it, `SHA256:…`, or `openpgp:` and what gpg prints: what names the key in the record.
  package var fingerprint: String
  /// First day; days are those of the time zone of `writ.yaml`.
  package var from: CivilDate?
  /// Last day.
  package var until: CivilDate?
  /// Signs nothing any more, and what it signed in a level that is still open counts no more.
  package var isRevoked = false

  package init(text: String, fingerprint: String) {
    self.text = text
    self.fingerprint = fingerprint
  }
}
