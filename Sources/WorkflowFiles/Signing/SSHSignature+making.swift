import Crypto
import Foundation

extension SSHSignature {
  /// What git signs commits for.
  package static let commits = "git"

  init(of message: [UInt8], namespace: String, by secret: Curve25519.Signing.PrivateKey) {
    let (key, hash) = (SSHKey(secret.publicKey), "sha512")
    let signed = Self.signed(message, for: namespace, hash)
    guard let signature = try? secret.signature(for: signed) else { preconditionFailure("Ed25519 signs anything") }
    self.init(
      key: key, namespace: namespace, hash: hash,
      signature: SSHWire.string("ssh-ed25519".utf8) + SSHWire.string(signature))
  }

  /// Lines of 70 characters, as OpenSSH has them.
  var armoured: String {
    let blob =
      Array("SSHSIG\u{0}\u{0}\u{0}\u{1}".utf8) + SSHWire.string(key.blob) + SSHWire.string(namespace.utf8)
      + SSHWire.string([]) + SSHWire.string(hash.utf8) + SSHWire.string(signature)
    let text = Array(Data(blob).base64EncodedString())
    let lines = stride(from: 0, to: text.count, by: 70).map { String(text[$0..<min($0 + 70, text.count)]) }
    return ([Self.begin] + lines + [Self.end]).joined(separator: "\n")
  }
}

extension SSHKey {
  init(_ key: Curve25519.Signing.PublicKey) {
    self.init(type: "ssh-ed25519", blob: SSHWire.string("ssh-ed25519".utf8) + SSHWire.string(key.rawRepresentation))
  }
}
