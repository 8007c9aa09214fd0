import Crypto
import Foundation

/// A public key as OpenSSH writes it in `id_ed25519.pub`.
package struct SSHKey: Sendable, Hashable {
  package let type: String
  /// The key in wire format; its SHA-256 is the fingerprint.
  let blob: [UInt8]

  /// What signs: no DSA, no certificates.
  package static let types = [
    "ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com", "ssh-rsa",
  ]

  /// A line `<type> <base64>`, with or without a comment behind it; `nil` for anything else, options included.
  package init?(line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard words.count >= 2, line.utf8.count <= 16_384, !line.contains(where: \.isNewline),
      let data = Data(base64Encoded: String(words[1])), data.base64EncodedString() == words[1]
    else { return nil }
    self.init(blob: [UInt8](data))
    guard type == words[0] else { return nil }
  }

  init(type: String, blob: [UInt8]) {
    (self.type, self.blob) = (type, blob)
  }

  init?(blob: [UInt8]) {
    var wire = SSHWire(blob)
    guard let type = wire.text(), Self.types.contains(type), Self.isSound(type, &wire) else { return nil }
    self.init(type: type, blob: blob)
  }

  /// Without a comment.
  package var text: String { "\(type) \(Data(blob).base64EncodedString())" }

  /// As `ssh-keygen -l` prints it.
  package var fingerprint: String {
    let digest = Data(SHA256.hash(data: blob)).base64EncodedString()
    return "SHA256:" + digest.prefix { $0 != "=" }
  }

  /// The 32 bytes of an Ed25519 key; `nil` for other types.
  var ed25519: [UInt8]? {
    var wire = SSHWire(blob)
    guard wire.text() == "ssh-ed25519", let key = wire.string(), key.count == 32 else { return nil }
    return key
  }

  /// The parts behind the type are there, and nothing more; RSA has at least 2048 bits.
  private static func isSound(_ type: String, _ wire: inout SSHWire) -> Bool {
    let parts =
      switch type {
      case "ssh-ed25519": 1
      case "sk-ecdsa-sha2-nistp256@openssh.com": 3
      default: 2
      }
    var lengths: [Int] = []
    for _ in 0..<parts {
      guard let part = wire.string(), !part.isEmpty else { return false }
      lengths.append(part.count)
    }
    if type.hasSuffix("ssh-ed25519") || type.hasPrefix("sk-ssh-ed25519"), lengths[0] != 32 { return false }
    return wire.isAtEnd && (type != "ssh-rsa" || lengths[1] >= 256)
  }
}
