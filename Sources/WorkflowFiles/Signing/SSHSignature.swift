import Crypto
import Foundation

/// A signature as `ssh-keygen -Y sign` and `git commit -S` write it: OpenSSH's PROTOCOL.sshsig, version 1.
package struct SSHSignature: Sendable, Hashable {
  package let key: SSHKey
  /// What the signature is for: `git` for commits.
  package let namespace: String
  let hash: String
  /// Algorithm and signature in wire format.
  let signature: [UInt8]

  /// A signature of RSA with 16384 bits has 3 KiB in armour.
  package static let limit = 8_192
  static let begin = "-----BEGIN SSH SIGNATURE-----"
  static let end = "-----END SSH SIGNATURE-----"

  /// Reads the armour; `nil` for anything that is not exactly one signature.
  package init?(armoured text: String) {
    guard text.utf8.count <= Self.limit else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.count > 2, lines.first == Self.begin[...], lines.last == Self.end[...],
      let data = Data(base64Encoded: lines.dropFirst().dropLast().joined())
    else { return nil }
    self.init(blob: [UInt8](data))
  }

  init(key: SSHKey, namespace: String, hash: String, signature: [UInt8]) {
    (self.key, self.namespace, self.hash, self.signature) = (key, namespace, hash, signature)
  }

  private init?(blob: [UInt8]) {
    var wire = SSHWire(blob)
    guard wire.skip("SSHSIG"), wire.uint32() == 1, let key = wire.string().flatMap(SSHKey.init(blob:)),
      let namespace = wire.text(), wire.string()?.isEmpty == true, let hash = wire.text(),
      hash == "sha512" || hash == "sha256", let signature = wire.string(), wire.isAtEnd
    else { return nil }
    self.init(key: key, namespace: namespace, hash: hash, signature: signature)
  }

  /// What a key signs: everything that the signature claims, and the digest of the message.
  static func signed(_ message: [UInt8], for namespace: String, _ hash: String) -> [UInt8] {
    let digest = hash == "sha512" ? Array(SHA512.hash(data: message)) : Array(SHA256.hash(data: message))
    return Array("SSHSIG".utf8) + SSHWire.string(namespace.utf8) + SSHWire.string([]) + SSHWire.string(hash.utf8)
      + SSHWire.string(digest)
  }

  /// Whether the key signed this message; `nil` where only `ssh-keygen` can tell: keys other than Ed25519.
  package func signs(_ message: [UInt8]) -> Bool? {
    guard let bytes = key.ed25519 else { return nil }
    var wire = SSHWire(signature)
    guard wire.text() == "ssh-ed25519", let signature = wire.string(), signature.count == 64, wire.isAtEnd,
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    else { return false }
    return key.isValidSignature(signature, for: Self.signed(message, for: namespace, hash))
  }
}
