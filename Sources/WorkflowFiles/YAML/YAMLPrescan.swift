/// What is looked at in the bytes before libyaml sees them: size, encoding, characters that people cannot see.
enum YAMLPrescan {
  struct Problem {
    var rule: YAMLRule
    var message: String
    var hint: String?
    var range: Range<Int>
  }

  static func problem(in bytes: [UInt8]) -> Problem? {
    sizeProblem(bytes) ?? encodingProblem(bytes) ?? characterProblem(bytes)
  }

  private static func sizeProblem(_ bytes: [UInt8]) -> Problem? {
    guard bytes.count > YAMLRule.Limit.file else { return nil }
    return Problem(
      rule: .fileSize, message: "the file has \(bytes.count) bytes; at most 1 MiB is read",
      hint: "split it into several workflows", range: 0..<0)
  }

  private static func encodingProblem(_ bytes: [UInt8]) -> Problem? {
    let hint = "save the file as UTF-8"
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return Problem(rule: .encoding, message: "the file is UTF-16, not UTF-8", hint: hint, range: 0..<0)
    }
    guard let bad = firstInvalidByte(bytes) else { return nil }
    return Problem(
      rule: .encoding, message: "byte \(Hexadecimal.digits(UInt32(bytes[bad]), width: 2)) is not UTF-8", hint: hint,
      range: bad..<bad + 1)
  }

  private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return min(error.byteOffsets.lowerBound, bytes.count - 1)
    }
  }

  private static func characterProblem(_ bytes: [UInt8]) -> Problem? {
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return refused(UInt32(byte), at: index, length: 1) }
        if byte == 0x7F { return refused(0x7F, at: index, length: 1) }
        if byte == 0xC2, bytes[index + 1] < 0xA0 { return refused(UInt32(bytes[index + 1]), at: index, length: 2) }
        if byte == 0xE2 || byte == 0xEF, index > 0 || byte == 0xE2 {
          let scalar =
            UInt32(byte & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
          if isHidden(scalar) { return refused(scalar, at: index, length: 3) }
        }
        index += 1
      }
      return nil
    }
  }

  /// Line breaks that editors do not show, characters that turn the direction of text, a mark in mid-file, non-characters.
  private static func isHidden(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private static func refused(_ scalar: UInt32, at offset: Int, length: Int) -> Problem {
    let code = Hexadecimal.digits(scalar, width: 4)
    return Problem(
      rule: .character, message: "the character U+\(code) is not allowed here because it cannot be seen",
      hint: "remove it, or write \"\\u\(code)\" inside double quotes", range: offset..<offset + length)
  }
}

enum Hexadecimal {
  static func digits(_ number: UInt32, width: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
