package import CEL
package import GitStore
package import WorkflowEngine
package import WorkflowFiles

/// Whether bytes are what a key signed. Whose key it is, and whether it counts, is the policy's matter.
package enum SignatureCheck {
  /// What commits are signed for.
  package static let commits = "git"

  /// - Returns: the key that signed exactly these bytes for this purpose.
  /// - Throws: a refusal that says what is wrong with the signature.
  package static func key(
    of armoured: String, over message: [UInt8], for namespace: String
  ) async throws(Rejection) -> PublicKey {
    guard let signature = SSHSignature(armoured: armoured) else {
      throw Rejection(.invalid, "the signature is not one that OpenSSH makes", hint: remedy)
    }
    guard signature.namespace == namespace else {
      throw Rejection(
        .notAllowed, "the signature is for '\(signature.namespace)', and not for '\(namespace)'", hint: remedy)
    }
    let isGood: Bool
    if let known = signature.signs(message) {
      isGood = known
    } else {
      isGood = await StockKeygen.verifies(armoured, by: signature.key, over: message, for: namespace)
    }
    guard isGood else {
      throw Rejection(
        .notAllowed, "the signature by \(signature.key.fingerprint) does not fit: what was signed is something else",
        hint: remedy)
    }
    return PublicKey(signature.key)
  }

  /// - Parameters:
  ///   - keys: OpenPGP keys that may have signed.
  ///   - moment: at which the key's own expiry is judged; `nil`: now.
  /// - Returns: the key that signed the commit; `nil` where nobody signed, or with an OpenPGP key that is none of these.
  /// - Throws: a refusal that says what is wrong with the signature.
  package static func key(
    of commit: CommitInfo, among keys: [String], at moment: Timestamp? = nil
  ) async throws(Rejection) -> PublicKey? {
    guard let (armoured, signed) = commit.signature else { return nil }
    guard armoured.hasPrefix(StockGPG.signature) else {
      guard armoured.hasPrefix("-----BEGIN SSH SIGNATURE-----") else { return nil }
      return try await key(of: armoured, over: signed, for: commits)
    }
    let blocks = keys.compactMap(OpenPGPKey.init(armoured:))
    guard !blocks.isEmpty else { return nil }
    switch await StockGPG.verdict(on: armoured, over: signed, among: blocks, at: moment) {
    case .good(let name):
      // gpg knows no other keys.
      return blocks.first { $0.fingerprint == name }.map { PublicKey($0) }
    case .unknown: return nil
    case .bad(let why): throw Rejection(.notAllowed, "the commit's OpenPGP signature \(why)", hint: remedy)
    case .noProgram:
      throw Rejection(
        .notAllowed, "the commit is signed with OpenPGP, which this server cannot check: it has no gpg",
        hint: "have gnupg installed there, or sign with an SSH key")
    }
  }

  private static let remedy = "sign it anew, and change nothing afterwards"
}
