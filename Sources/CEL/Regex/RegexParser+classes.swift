extension RegexParser {
  /// After `\` outside of brackets.
  mutating func escape() throws(RegexError) -> RegexNode {
    let start = position
    let scalar = try next()
    switch scalar {
    case "b": return .assertion(.wordBoundary)
    case "B": return .assertion(.noWordBoundary)
    case "A" where dialect == .re2: return .assertion(.textStart)
    case "z" where dialect == .re2: return .assertion(.textEnd)
    case "Q" where dialect == .re2: return quoted()
    case "1"..."9", "k": throw error("refers back to a group, which takes more than linear time")
    default: break
    }
    position = start
    if let item = try classEscape() { return .set(ScalarSet([item], ignoresCase: flags.ignoresCase)) }
    return literal(try character())
  }

  /// `\Q...\E`.
  private mutating func quoted() -> RegexNode {
    var nodes: [RegexNode] = []
    while let scalar = peek {
      position += 1
      if scalar == "\\", take("E") { break }
      nodes.append(literal(scalar))
    }
    return .sequence(nodes)
  }

  /// `\d`, `\pL` and so on; nil, with nothing taken, if a character follows.
  private mutating func classEscape() throws(RegexError) -> ScalarSet.Item? {
    let space: ScalarSet.Item = dialect == .re2 ? ScalarSet.asciiSpace : .whiteSpace
    let item: ScalarSet.Item
    switch peek {
    case "d": item = ScalarSet.digits
    case "D": item = .not(ScalarSet.digits)
    case "w": item = ScalarSet.wordItem
    case "W": item = .not(ScalarSet.wordItem)
    case "s": item = space
    case "S": item = .not(space)
    case "p", "P":
      let isNegated = try next() == "P"
      let item = try category()
      return isNegated ? .not(item) : item
    default: return nil
    }
    position += 1
    return item
  }

  private mutating func category() throws(RegexError) -> ScalarSet.Item {
    var name = ""
    if take("{") {
      while let scalar = peek, scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}") else { throw error("has '\\p{' without '}'") }
    } else {
      name.unicodeScalars.append(try next())
    }
    let isNegated = name.hasPrefix("^")
    var plain = isNegated ? String(name.dropFirst()) : name
    for prefix in ["gc=", "General_Category="] where plain.hasPrefix(prefix) { plain.removeFirst(prefix.count) }
    guard let item = ScalarSet.Item.category(named: plain) else {
      throw error("names the Unicode class '\(plain.shortened)'; known are general categories such as L, Lu, Nd")
    }
    return isNegated ? .not(item) : item
  }

  /// A character after `\`.
  private mutating func character() throws(RegexError) -> Unicode.Scalar {
    let scalar = try next()
    switch scalar {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "f": return "\u{0C}"
    case "v": return "\u{0B}"
    case "a" where dialect == .re2: return "\u{07}"
    case "0": return dialect == .re2 ? try octal() : "\0"
    case "x": return try take("{") ? braced() : hexadecimal(2)
    case "u" where dialect == .ecmaScript: return try take("{") ? braced() : unit()
    case "c" where dialect == .ecmaScript:
      let letter = try next()
      guard letter.isASCII, letter.properties.isAlphabetic else { throw error("has a broken '\\c'") }
      return Unicode.Scalar(UInt8(letter.value & 0x1F))
    default:
      guard !scalar.isASCII || !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil) else {
        throw error("has the unknown escape '\\\(scalar)'")
      }
      return scalar
    }
  }

  private mutating func octal() throws(RegexError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<2 {
      guard let digit = peek, digit >= "0", digit <= "7" else { break }
      value = value * 8 + digit.value - 0x30
      position += 1
    }
    return Unicode.Scalar(UInt8(value))
  }

  /// `\uD83D\uDE00` is one character.
  private mutating func unit() throws(RegexError) -> Unicode.Scalar {
    let first = try digits(4)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else { throw error("has half of a surrogate pair") }
    let second = try digits(4)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("has half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal(_ count: Int) throws(RegexError) -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(try digits(count)) else { throw error("names no character") }
    return scalar
  }

  private mutating func digits(_ count: Int) throws(RegexError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = UInt8(exactly: try next().value)?.hexadecimalDigit else {
        throw error("has an escape without \(count) hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private mutating func braced() throws(RegexError) -> Unicode.Scalar {
    var value: UInt32 = 0
    while !take("}") {
      guard let digit = UInt8(exactly: try next().value)?.hexadecimalDigit, value < 0x110000 else {
        throw error("has a broken escape in braces")
      }
      value = value << 4 | UInt32(digit)
    }
    guard let scalar = Unicode.Scalar(value) else { throw error("names no character") }
    return scalar
  }

  /// After `[`.
  mutating func bracket() throws(RegexError) -> ScalarSet {
    let isNegated = take("^")
    var items: [ScalarSet.Item] = []
    var isFirst = dialect == .re2
    while isFirst || peek != "]" {
      guard peek != nil else { throw error("has a '[' without ']'") }
      isFirst = false
      if let item = try posixClass() {
        items.append(item)
        continue
      }
      guard let low = try member(&items) else { continue }
      items.append(try rangeItem(from: low, &items))
    }
    position += 1
    return ScalarSet(items, isNegated: isNegated, ignoresCase: flags.ignoresCase)
  }

  /// One character of a class; nil if it was a class itself, which then is among the items.
  private mutating func member(_ items: inout [ScalarSet.Item]) throws(RegexError) -> Unicode.Scalar? {
    let scalar = try next()
    guard scalar == "\\" else { return scalar }
    if let item = try classEscape() {
      items.append(item)
      return nil
    }
    if take("b") { return "\u{08}" }
    return try character()
  }

  private mutating func rangeItem(
    from low: Unicode.Scalar, _ items: inout [ScalarSet.Item]
  ) throws(RegexError) -> ScalarSet.Item {
    guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
      return .range(low.value...low.value)
    }
    position += 1
    guard let high = try member(&items) else {
      items.append(.range(0x2D...0x2D))
      return .range(low.value...low.value)
    }
    guard low <= high else { throw error("has a range that runs backwards") }
    return .range(low.value...high.value)
  }

  /// `[:alpha:]` inside of brackets.
  private mutating func posixClass() throws(RegexError) -> ScalarSet.Item? {
    guard dialect == .re2, peek == "[", position + 1 < scalars.count, scalars[position + 1] == ":" else { return nil }
    let rest = scalars[(position + 2)...]
    guard let end = rest.firstIndex(of: ":"), end + 1 < scalars.count, scalars[end + 1] == "]" else { return nil }
    var name = String(String.UnicodeScalarView(scalars[(position + 2)..<end]))
    let isNegated = name.hasPrefix("^")
    if isNegated { name.removeFirst() }
    guard let item = RegexParser.posix[name] else { throw error("names the class '[:\(name.shortened):]'") }
    position = end + 2
    return isNegated ? .not(item) : item
  }

  private static let posix: [String: ScalarSet.Item] = [
    "alnum": .union([.range(0x30...0x39), .range(0x41...0x5A), .range(0x61...0x7A)]),
    "alpha": .union([.range(0x41...0x5A), .range(0x61...0x7A)]), "ascii": .range(0...0x7F),
    "blank": .union([.range(0x09...0x09), .range(0x20...0x20)]),
    "cntrl": .union([.range(0...0x1F), .range(0x7F...0x7F)]), "digit": .range(0x30...0x39),
    "graph": .range(0x21...0x7E), "lower": .range(0x61...0x7A), "print": .range(0x20...0x7E),
    "punct": .union([.range(0x21...0x2F), .range(0x3A...0x40), .range(0x5B...0x60), .range(0x7B...0x7E)]),
    "space": .union([.range(0x09...0x0D), .range(0x20...0x20)]), "upper": .range(0x41...0x5A),
    "word": ScalarSet.wordItem,
    "xdigit": .union([.range(0x30...0x39), .range(0x41...0x46), .range(0x61...0x66)]),
  ]
}
