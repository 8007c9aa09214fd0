import Crypto

/// The kinds of objects that the store writes, with git's numbers for them in packs.
package enum ObjectKind: UInt8, Sendable {
  case commit = 1
  case tree = 2
  case blob = 3

  var word: StaticString {
    switch self {
    case .commit: "commit"
    case .tree: "tree"
    case .blob: "blob"
    }
  }
}

extension ObjectID {
  /// The id that git gives to `content` as an object of `kind`: SHA-1 over `kind length NUL content`.
  static func of(_ kind: ObjectKind, _ content: UnsafeRawBufferPointer) -> ObjectID {
    var hash = Insecure.SHA1()
    withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { header in
      let word = kind.word
      header.copyMemory(from: UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
      header[word.utf8CodeUnitCount] = UInt8(ascii: " ")
      let digits = writeDecimal(content.count, to: header, at: word.utf8CodeUnitCount + 1)
      header[digits] = 0
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: header[...digits]))
    }
    hash.update(bufferPointer: content)
    return ObjectID(hash.finalize())
  }

  /// The id that git gives to `content` as an object of `kind`.
  package static func of(_ kind: ObjectKind, _ content: [UInt8]) -> ObjectID {
    content.withUnsafeBytes { of(kind, $0) }
  }

  init(_ digest: Insecure.SHA1.Digest) {
    self = digest.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, bytes.count == Self.length else { preconditionFailure("SHA-1 has 20 bytes") }
      return ObjectID(at: start)
    }
  }
}

/// Writes `number` in decimal at `place` and returns the place after it.
private func writeDecimal(_ number: Int, to bytes: UnsafeMutableRawBufferPointer, at place: Int) -> Int {
  var digits = 1
  var rest = number
  while rest >= 10 {
    rest /= 10
    digits += 1
  }
  rest = number
  for offset in (0..<digits).reversed() {
    bytes[place + offset] = UInt8(48 + rest % 10)
    rest /= 10
  }
  return place + digits
}
