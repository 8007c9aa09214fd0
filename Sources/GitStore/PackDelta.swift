/// What stock git stores instead of an object: how it differs from another. Format: `gitformat-pack`, deltified
/// representation.
struct PackDelta {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The object, made from the one that the delta is on; nil when the delta does not fit it.
  static func apply(_ delta: [UInt8], to base: [UInt8]) -> [UInt8]? {
    var reader = PackDelta(delta)
    guard let before = reader.size(), before == base.count, let after = reader.size(), after < 1 << 31 else {
      return nil
    }
    var result: [UInt8] = []
    result.reserveCapacity(after)
    while reader.position < delta.count {
      guard let piece = reader.piece(of: base), result.count + piece.count <= after else { return nil }
      result += piece
    }
    return result.count == after ? result : nil
  }

  private mutating func next() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// Seven bits a byte, least significant first.
  private mutating func size() -> Int? {
    var size = 0
    for shift in stride(from: 0, to: 56, by: 7) {
      guard let byte = next() else { return nil }
      size |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return size }
    }
    return nil
  }

  /// What the next instruction adds: bytes of its own, or a part of the base.
  private mutating func piece(of base: [UInt8]) -> ArraySlice<UInt8>? {
    guard let instruction = next(), instruction != 0 else { return nil }
    if instruction & 0x80 == 0 {
      let end = position + Int(instruction)
      guard end <= bytes.count else { return nil }
      defer { position = end }
      return bytes[position..<end]
    }
    guard let offset = number(instruction, bits: 0..<4), let length = number(instruction, bits: 4..<7) else {
      return nil
    }
    let end = offset + (length == 0 ? 0x10000 : length)
    return end <= base.count ? base[offset..<end] : nil
  }

  /// A little-endian number of which the instruction's bits say which bytes are there.
  private mutating func number(_ instruction: UInt8, bits: Range<Int>) -> Int? {
    var number = 0
    for (place, bit) in bits.enumerated() where instruction & 1 << bit != 0 {
      guard let byte = next() else { return nil }
      number |= Int(byte) << (8 * place)
    }
    return number
  }
}
