/// The packets of an OpenPGP message (RFC 4880, section 4): a tag, a length, a body.
enum OpenPGPPackets {
  /// - Returns: `nil` where the bytes are no whole packets of known length.
  static func read(_ bytes: [UInt8]) -> [(tag: UInt8, body: [UInt8])]? {
    var (packets, rest) = ([(tag: UInt8, body: [UInt8])](), bytes[...])
    while let first = rest.popFirst() {
      guard first & 0x80 != 0 else { return nil }
      let isNew = first & 0x40 != 0
      guard let length = isNew ? newLength(&rest) : oldLength(first & 3, &rest), length <= rest.count else {
        return nil
      }
      packets.append((isNew ? first & 0x3F : first >> 2 & 0x0F, Array(rest.prefix(length))))
      rest = rest.dropFirst(length)
    }
    return packets
  }

  private static func newLength(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let first = rest.popFirst() else { return nil }
    switch first {
    case ..<192: return Int(first)
    case ..<224: return rest.popFirst().map { (Int(first) - 192) << 8 + Int($0) + 192 }
    case 255: return number(4, &rest)
    default: return nil
    }
  }

  private static func oldLength(_ kind: UInt8, _ rest: inout ArraySlice<UInt8>) -> Int? {
    kind == 3 ? nil : number(1 << Int(kind), &rest)
  }

  private static func number(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
  }
}
