/// What an attacker makes of bytes at one place of them: a bit flipped, a byte gone, a byte twice, the rest gone.
enum Falsified {
  static func variants(of bytes: [UInt8], at place: Int) -> [[UInt8]] {
    var (low, high, cut, doubled) = (bytes, bytes, bytes, bytes)
    low[place] ^= 1
    high[place] ^= 1 << UInt8(place % 7 + 1)
    cut.remove(at: place)
    doubled.insert(bytes[place], at: place)
    return [low, high, cut, doubled, Array(bytes[..<place])]
  }
}
