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
  ) async throws(Rejection) -> SSHKey {
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
    return signature.key
  }

  private static let remedy = "sign it anew, and change nothing afterwards"
}
