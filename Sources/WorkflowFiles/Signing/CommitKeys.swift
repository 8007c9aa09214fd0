import Crypto
import Foundation

/// The keys with which a runner signs the commits of its record: one derived from each of the record's private keys
/// (HKDF with SHA-256 to an Ed25519 key), so that whoever keeps those has these.
package struct CommitKeys: Sendable {
  private let keys: [(text: String, secret: Curve25519.Signing.PrivateKey)]

  /// - Parameter keys: 32 bytes each, the one in use first.
  package init(_ keys: [[UInt8]]) {
    self.keys = keys.map { key in
      let seed = HKDF<SHA256>.deriveKey(
        inputKeyMaterial: SymmetricKey(data: key), info: Self.purpose, outputByteCount: 32)
      guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
        preconditionFailure("any 32 bytes are an Ed25519 key")
      }
      return (SSHKey(secret.publicKey).text, secret)
    }
  }

  /// As OpenSSH writes them, without a comment.
  package var texts: [String] { keys.map(\.text) }

  /// What signs a commit so that one of these keys vouches for it, in armour; `nil` where none of them is ours.
  package func signer(byOneOf named: [String]) -> (@Sendable (_ commit: [UInt8]) -> String)? {
    guard let key = keys.first(where: { named.contains($0.text) }) else { return nil }
    return { SSHSignature(of: $0, namespace: SSHSignature.commits, by: key.secret).armoured }
  }

  /// Why a record may not go on where `signed-by` names these keys; `nil`: it may.
  package func problem(with named: [String]) -> String? {
    guard !named.isEmpty, signer(byOneOf: named) == nil else { return nil }
    return "writ.yaml: 'signed-by' names no key of this runner; 'writ signing-key' prints what it has"
  }

  private static let purpose = Array("writ signs commits of the record".utf8)
}
