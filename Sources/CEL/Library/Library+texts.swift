extension Library {
  static let sizes: [Function] = [
    Function("size(string) -> int", "size(bytes) -> int", "size(list(A)) -> int", "size(map(A, B)) -> int", body: size),
    Function(
      "(string).size() -> int", "(bytes).size() -> int", "(list(A)).size() -> int", "(map(A, B)).size() -> int",
      body: size),
  ]

  @Sendable private static func size(_ arguments: [Value], _ frame: inout Frame) throws(Failure) -> Value? {
    switch arguments[0] {
    case .string(let text):
      try frame.charge(bytes: text.utf8.count)
      return .int(Int64(text.unicodeScalars.count))
    case .bytes(let bytes): return .int(Int64(bytes.count))
    case .list(let values): return .int(Int64(values.count))
    case .map(let map): return .int(Int64(map.count))
    default: return nil
    }
  }

  static let texts: [Function] =
    tests + [
      method("(string).charAt(int) -> string") { text, arguments throws(Failure) in
        guard case .int(let index) = arguments[1] else { return nil }
        return .string(try text.slice(from: index, to: min(index + (index < text.count ? 1 : 0), .max)))
      },
      method("(string).substring(int) -> string", "(string).substring(int, int) -> string") {
        text, arguments throws(Failure) in
        guard case .int(let start) = arguments[1] else { return nil }
        guard arguments.count == 3 else { return .string(try text.slice(from: start, to: Int64(text.count))) }
        guard case .int(let end) = arguments[2] else { return nil }
        return .string(try text.slice(from: start, to: end))
      },
      method("(string).lowerAscii() -> string") { text, _ throws(Failure) in
        .string(text.mapped { $0 >= "A" && $0 <= "Z" ? Unicode.Scalar($0.value + 32) ?? $0 : $0 })
      },
      method("(string).upperAscii() -> string") { text, _ throws(Failure) in
        .string(text.mapped { $0 >= "a" && $0 <= "z" ? Unicode.Scalar($0.value - 32) ?? $0 : $0 })
      },
      method("(string).reverse() -> string") { text, _ throws(Failure) in .string(Text(text.scalars.reversed()).string)
      },
      method("(string).trim() -> string") { text, _ throws(Failure) in .string(text.trimmed) },
      Function("strings.quote(string) -> string") { arguments, frame throws(Failure) in
        guard case .string(let text) = arguments[0] else { return nil }
        try frame.charge(bytes: text.utf8.count * 2)
        return .string(text.celQuoted)
      },
      replace, split,
      Function("(list(string)).join() -> string", "(list(string)).join(string) -> string", body: join),
    ]

  private static let tests: [Function] = [
    test("contains") { $0.firstIndex(of: $1, from: 0) != nil },
    test("startsWith") { $0.scalars.starts(with: $1.scalars) },
    test("endsWith") { $0.scalars.reversed().starts(with: $1.scalars.reversed()) },
    Function("matches(string, string) -> bool", body: matches),
    Function("(string).matches(string) -> bool", body: matches),
  ]

  @Sendable private static func matches(_ arguments: [Value], _ frame: inout Frame) throws(Failure) -> Value? {
    guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else { return nil }
    try frame.charge(pattern.utf8.count)
    let regex: LinearRegex
    do { regex = try LinearRegex(pattern) } catch { throw Failure(.argument, error.message) }
    try frame.charge(regex.cost(of: text))
    return .bool(regex.matches(text))
  }

  /// A method on a string, given as its scalars.
  private static func method(
    _ signatures: String..., body: @escaping @Sendable (Text, [Value]) throws(Failure) -> Value?
  ) -> Function {
    Function(signatures) { arguments, frame throws(Failure) in
      guard case .string(let text) = arguments[0] else { return nil }
      try frame.charge(bytes: text.utf8.count)
      return try body(Text(text), arguments)
    }
  }

  private static func test(_ name: String, _ holds: @escaping @Sendable (Text, Text) -> Bool) -> Function {
    Function("(string).\(name)(string) -> bool") { arguments, frame throws(Failure) in
      guard case .string(let text) = arguments[0], case .string(let part) = arguments[1] else { return nil }
      try frame.charge(search: text, for: part)
      return .bool(holds(Text(text), Text(part)))
    }
  }

  private static let replace = Function(
    "(string).replace(string, string) -> string", "(string).replace(string, string, int) -> string"
  ) { arguments, frame throws(Failure) in
    guard case .string(let text) = arguments[0], case .string(let old) = arguments[1],
      case .string(let new) = arguments[2]
    else { return nil }
    guard let limit = limit(arguments, at: 3) else { return nil }
    try frame.charge(text.utf8.count)
    try frame.charge(search: text, for: old)
    let pieces = Text(text).pieces(around: Text(old), limit: limit)
    try frame.charge(bytes: pieces.count * new.utf8.count)
    return .string(pieces.map(\.string).joined(separator: new))
  }

  private static let split = Function(
    "(string).split(string) -> list(string)", "(string).split(string, int) -> list(string)"
  ) { arguments, frame throws(Failure) in
    guard case .string(let text) = arguments[0], case .string(let separator) = arguments[1],
      let limit = limit(arguments, at: 2)
    else { return nil }
    try frame.charge(text.utf8.count)
    try frame.charge(search: text, for: separator)
    return .list(Text(text).split(by: Text(separator), limit: limit).map { .string($0.string) })
  }

  /// An optional last argument: how many at most; negative is all. nil if it is no int.
  private static func limit(_ arguments: [Value], at index: Int) -> Int? {
    guard arguments.count > index else { return -1 }
    guard case .int(let limit) = arguments[index] else { return nil }
    return Int(limit)
  }

  @Sendable private static func join(_ arguments: [Value], _ frame: inout Frame) throws(Failure) -> Value? {
    guard case .list(let values) = arguments[0] else { return nil }
    var separator = ""
    if arguments.count == 2 {
      guard case .string(let text) = arguments[1] else { return nil }
      separator = text
    }
    var texts: [String] = []
    for value in values {
      guard case .string(let text) = value else { return nil }
      try frame.charge(1 + (text.utf8.count + separator.utf8.count) / 8)
      texts.append(text)
    }
    return .string(texts.joined(separator: separator))
  }
}
