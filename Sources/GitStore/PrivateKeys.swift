import Glibc

/// The keys that lie beside a record, in `state/.git/writ/keys` (mode 0600): one a line, 64 hex digits, the one in use
/// first. Made when they are first asked for. A mirror and a clone do not have them.
enum PrivateKeys {
  static let size = 32

  static func random() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  static func text(_ keys: [[UInt8]]) -> String {
    keys.map { key in key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n" }.joined()
  }

  static func kept(in layout: StoreLayout) throws(Disk.Failure) -> [[UInt8]]? {
    guard let content = try readFile(layout.privateKeys) else { return nil }
    guard let keys = keys(in: String(decoding: content, as: UTF8.self)) else {
      throw Disk.Failure(call: .read, path: layout.privateKeys, code: EINVAL)
    }
    return keys
  }

  /// `nil`: a line that is no key.
  static func keys(in text: String) -> [[UInt8]]? {
    let lines = text.split(whereSeparator: \.isNewline)
    let keys = lines.compactMap { line -> [UInt8]? in
      let digits = line.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
      guard digits.count == 2 * size, digits.count == line.utf8.count else { return nil }
      return (0..<size).map { UInt8(digits[2 * $0] << 4 | digits[2 * $0 + 1]) }
    }
    return keys.count == lines.count && !keys.isEmpty ? keys : nil
  }
}

extension StateStore {
  package func privateKeys() throws(StoreError) -> [[UInt8]] {
    try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
      if let keys = try PrivateKeys.kept(in: layout) { return keys }
      let key = PrivateKeys.random()
      try disk.replace(layout.privateKeys, with: Array(PrivateKeys.text([key]).utf8), mode: 0o600)
      return [key]
    }
  }

  /// The same beside whoever has the record open; `nil` where there are none, as in a copy.
  package static func privateKeys(at path: String) throws(StoreError) -> [[UInt8]]? {
    try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
      try PrivateKeys.kept(in: StoreLayout(folder: path))
    }
  }
}
