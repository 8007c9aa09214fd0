import Crypto
import Foundation

/// A public key as `gpg --armor --export` prints it (RFC 4880): one primary key of version 4 with what belongs to it.
///
/// Only its name is read here. Whether it signed something, and whether it has expired, is stock `gpg`'s to say.
package struct OpenPGPKey: Sendable, Hashable {
  /// The block in armour, as it stood.
  package let text: String
  /// Of the primary key: `openpgp:` and forty hex digits, as `gpg --fingerprint` prints them.
  package let fingerprint: String

  package static let begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
  private static let end = "-----END PGP PUBLIC KEY BLOCK-----"
  private static let limit = 1 << 16

  /// What stands in a public key beside its primary key: signatures, names, subkeys, pictures.
  private static let companions: Set<UInt8> = [2, 13, 14, 17]
  /// RSA, ECDSA and EdDSA sign; no DSA.
  private static let (rsa, curves): (Set<UInt8>, Set<UInt8>) = ([1, 3], [19, 22])

  package init?(armoured: String) {
    guard armoured.utf8.count <= Self.limit, let bytes = Self.content(of: armoured),
      let packets = OpenPGPPackets.read(bytes), let primary = packets.first, primary.tag == 6,
      packets.dropFirst().allSatisfy({ Self.companions.contains($0.tag) }), Self.signs(primary.body)
    else { return nil }
    let length = primary.body.count
    let named = [0x99, UInt8(length >> 8), UInt8(length & 0xFF)] + primary.body
    text = armoured
    fingerprint = Self.name(Insecure.SHA1.hash(data: named).map { String(format: "%02X", $0) }.joined())
  }

  /// - Parameter digits: a fingerprint as gpg prints it.
  package static func name(_ digits: String) -> String { "openpgp:\(digits)" }

  /// Version 4, a kind that signs, and RSA of at least 2048 bits.
  private static func signs(_ key: [UInt8]) -> Bool {
    guard key.count > 8, key.count < 1 << 16, key[0] == 4 else { return false }
    if curves.contains(key[5]) { return true }
    return rsa.contains(key[5]) && Int(key[6]) << 8 | Int(key[7]) >= 2_048
  }

  /// One block, and nothing around it.
  private static func content(of armoured: String) -> [UInt8]? {
    var lines = armoured.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.first == begin, lines.last == end else { return nil }
    let body = lines.dropFirst().dropLast().filter { !$0.isEmpty && !$0.contains(": ") && !$0.hasPrefix("=") }
    return Data(base64Encoded: body.joined()).map { [UInt8]($0) }
  }
}
