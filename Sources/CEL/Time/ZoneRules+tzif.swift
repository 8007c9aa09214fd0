/// Why bytes are not a time zone.
package struct ZoneError: Error, Sendable, Hashable {
  package let message: String
}

extension ZoneRules {
  /// Reads a TZif file (RFC 9636), as lies in `/usr/share/zoneinfo`. Versions 1 to 4; of the later ones the part with 64
  /// bits. Leap seconds are ignored, as POSIX time does.
  package init(tzif bytes: [UInt8]) throws(ZoneError) {
    var reader = TZifReader(bytes: bytes)
    let header = try reader.header()
    guard header.version >= 2 else {
      (transitions, first) = try reader.transitions(header, wide: false)
      future = nil
      return
    }
    try reader.skip(header.length(wide: false))
    let wideHeader = try reader.header()
    (transitions, first) = try reader.transitions(wideHeader, wide: true)
    let footer = reader.rest.drop { $0 == 0x0A }.prefix { $0 != 0x0A }
    future = PosixZone(footer)
    if !footer.isEmpty && future == nil { throw ZoneError(message: "the rule at the end is not understood") }
  }
}

private struct TZifReader {
  struct Header {
    var version = 0
    var isUT = 0
    var isStandard = 0
    var leap = 0
    var times = 0
    var types = 0
    var characters = 0

    func length(wide: Bool) -> Int {
      let size = wide ? 8 : 4
      return times * (size + 1) + types * 6 + characters + leap * (size + 4) + isStandard + isUT
    }
  }

  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var rest: ArraySlice<UInt8> { bytes[position...] }

  mutating func header() throws(ZoneError) -> Header {
    let magic = try take(4)
    guard magic.elementsEqual("TZif".utf8) else { throw ZoneError(message: "this is not a TZif file") }
    var header = Header()
    let version = try take(1).first ?? 0
    header.version = version == 0 ? 1 : Int(version) - 0x30
    try skip(15)
    header.isUT = try number()
    header.isStandard = try number()
    header.leap = try number()
    header.times = try number()
    header.types = try number()
    header.characters = try number()
    return header
  }

  mutating func transitions(_ header: Header, wide: Bool) throws(ZoneError) -> ([ZoneRules.Transition], Int) {
    guard header.length(wide: wide) <= rest.count, header.types > 0 else {
      throw ZoneError(message: "the file ends too early")
    }
    var times: [Int64] = []
    for _ in 0..<header.times { times.append(try integer(bytes: wide ? 8 : 4)) }
    let kinds = Array(try take(header.times))
    var offsets: [Int] = []
    for _ in 0..<header.types {
      offsets.append(Int(try integer(bytes: 4)))
      try skip(2)
    }
    try skip(header.characters + header.leap * (wide ? 12 : 8) + header.isStandard + header.isUT)
    guard kinds.allSatisfy({ Int($0) < offsets.count }), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
      offsets.allSatisfy({ $0.magnitude < 26 * 3600 })
    else { throw ZoneError(message: "the transitions are not well-formed") }
    let transitions = zip(times, kinds).map { ZoneRules.Transition(at: $0, offset: offsets[Int($1)]) }
    return (transitions, offsets[0])
  }

  mutating func skip(_ count: Int) throws(ZoneError) {
    _ = try take(count)
  }

  private mutating func take(_ count: Int) throws(ZoneError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else { throw ZoneError(message: "the file ends too early") }
    defer { position += count }
    return bytes[position..<position + count]
  }

  private mutating func number() throws(ZoneError) -> Int {
    let number = Int(try integer(bytes: 4))
    guard number >= 0 else { throw ZoneError(message: "a count is negative") }
    return number
  }

  /// Big-endian, two's complement.
  private mutating func integer(bytes count: Int) throws(ZoneError) -> Int64 {
    var pattern: UInt64 = 0
    for byte in try take(count) { pattern = pattern << 8 | UInt64(byte) }
    return count == 8 ? Int64(bitPattern: pattern) : Int64(Int32(truncatingIfNeeded: pattern))
  }
}
