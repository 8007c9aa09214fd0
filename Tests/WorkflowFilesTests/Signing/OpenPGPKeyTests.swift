import Testing

@testable import WorkflowFiles

@Suite("OpenPGP keys of people.yaml")
struct OpenPGPKeyTests {
  /// Made by `gpg --quick-gen-key ... ed25519 sign never`.
  static let block = """
    -----BEGIN PGP PUBLIC KEY BLOCK-----

    mDMEaVW5ABYJKwYBBAHaRw8BAQdAkPU9QOrj3HYWSgMpz7K4H9VYdxmzxZIouXyO
    PJImTYm0FUJvYiA8Ym9iQGV4YW1wbGUuY29tPoiQBBMWCAA4FiEEtIVgEO56OXgr
    pzDip8FjKVppIDYFAmlVuQACGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQ
    p8FjKVppIDb8aAD+IKboF7Y5IP8tn2O4ZCRKEFn9SEb7Xv3vb9DIl8Th7AgBAJrH
    8wUXV+0SXSo0XCWqPNQMtPEYm4sJNlSicXpFz7IJ
    =dIyW
    -----END PGP PUBLIC KEY BLOCK-----

    """

  @Test("a key is named as gpg names it")
  func fingerprint() throws {
    let key = try #require(PublicKey(text: Self.block))
    #expect(key.fingerprint == "openpgp:B4856010EE7A39782BA730E2A7C163295A692036")
    #expect(key.text == Self.block)
  }

  @Test("two keys in a block, a signature, a private key, and text around it are refused")
  func refused() throws {
    let inner = Self.block.split(separator: "\n").filter { !$0.hasPrefix("-----") && !$0.hasPrefix("=") }.joined()
    let end = "-----END PGP PUBLIC KEY BLOCK-----"
    for text in [
      "Bob's key:\n" + Self.block, Self.block + Self.block, Self.block + "and more",
      Self.block.replacing("PUBLIC KEY BLOCK", with: "SIGNATURE"),
      Self.block.replacing("mDME", with: "lDME"), "\(OpenPGPKey.begin)\n\(end)", "\(OpenPGPKey.begin)\n\(inner)\(end)",
      String(Self.block.dropLast(60)) + end,
    ] { #expect(PublicKey(text: text) == nil, "\(text)") }
  }

  @Test("damaged blocks are no keys, or other keys, never a crash", arguments: 0..<300)
  func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var bytes = Array(Self.block.utf8)
    random.damage(&bytes)
    _ = PublicKey(text: String(decoding: bytes, as: UTF8.self))
  }
}
