/// Text that YAML takes for something else, and the line as it should be written.
struct QuotingAdvice {
  enum Reason: Hashable {
    /// It begins with a character that means something to YAML.
    case begins(UInt8)
    case colon
    case comment
    /// Commas and brackets inside braces.
    case flow
  }

  var reason: Reason
  /// Offsets of the text that needs quotes.
  var value: Range<Int>

  var message: String {
    switch reason {
    case .begins(let byte): "text that begins with '\(Character(Unicode.Scalar(byte)))' must be quoted"
    case .colon: "text that contains ': ' must be quoted"
    case .comment: "text that contains ' #' must be quoted"
    case .flow: "inside braces, text with commas or brackets must be quoted"
    }
  }

  func finding(in source: SourceText) -> Finding {
    Finding(
      .unquoted, message, at: source.place(value), hint: "write: \(quotedLine(in: source))",
      fix: Self.quoted(source.text(value)))
  }

  /// The line with the value in quotes, without its indentation.
  func quotedLine(in source: SourceText) -> String {
    let line = source.line(at: value.lowerBound)
    let before = source.text(line.lowerBound..<value.lowerBound).drop { $0 == " " }
    return before + Self.quoted(source.text(value))
      + source.text(value.upperBound..<max(value.upperBound, line.upperBound))
  }

  /// Text in the quotes that need the fewest escapes.
  static func quoted(_ text: String) -> String {
    if !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// Longer lines are not looked at: advice is for lines that people write.
  private static let longestLine = 2_000

  /// Looks for the first text in a line that YAML misreads.
  static func forLine(at offset: Int, in source: SourceText) -> QuotingAdvice? {
    let line = source.line(at: offset)
    guard line.count <= longestLine else { return nil }
    return QuotingScanner(bytes: source.bytes).block(line)
  }

  /// Looks at the value that begins at an offset inside braces.
  static func forValue(at offset: Int, in source: SourceText) -> QuotingAdvice? {
    let line = source.line(at: offset)
    guard line.count <= longestLine else { return nil }
    return QuotingScanner(bytes: source.bytes).flow(offset..<max(offset, line.upperBound))
  }
}

/// Reads a line as its author meant it: a value ends where brackets balance, not where YAML says.
private struct QuotingScanner {
  let bytes: [UInt8]

  func block(_ line: Range<Int>) -> QuotingAdvice? {
    var start = skipSpaces(line)
    while start + 1 < line.upperBound, byte(start) == "-", byte(start + 1) == " " {
      start = skipSpaces(start + 1..<line.upperBound)
    }
    let item = start..<line.upperBound
    if !isOneOf(start, "{[", in: item), let colon = colon(in: item) {
      return value(skipSpaces(colon + 1..<line.upperBound)..<line.upperBound, inFlow: false, depth: 0)
    }
    return value(item, inFlow: false, depth: 0)
  }

  func flow(_ rest: Range<Int>) -> QuotingAdvice? {
    value(rest.lowerBound..<(end(of: rest, atComma: true) ?? rest.upperBound), inFlow: true, depth: 0)
  }

  private func value(_ range: Range<Int>, inFlow: Bool, depth: Int) -> QuotingAdvice? {
    let value = trimmed(inFlow ? range : upToComment(range))
    guard !value.isEmpty, depth < YAMLRule.Limit.depth else { return nil }
    switch byte(value.lowerBound) {
    case "!": return looksLikeTag(value) ? nil : begins(value)
    case "@", "`", "%": return begins(value)
    case "\"", "'":
      guard let end = endOfQuote(value.lowerBound, in: value) else { return nil }
      return rest(after: end, of: value).isEmpty ? nil : begins(value)
    case "[", "{":
      guard let end = end(of: value.lowerBound + 1..<value.upperBound, atComma: false) else { return nil }
      if !rest(after: end + 1, of: value).isEmpty { return begins(value) }
      return entries(value.lowerBound + 1..<end, areNamed: byte(value.lowerBound) == "{", depth: depth + 1)
    default:
      if inFlow, value.contains(where: { isComment($0, in: value) }) {
        return QuotingAdvice(reason: .comment, value: value)
      }
      if inFlow, value.contains(where: { isOneOf($0, ",[]{}", in: value) }) {
        return QuotingAdvice(reason: .flow, value: value)
      }
      return colon(in: value) == nil ? nil : QuotingAdvice(reason: .colon, value: value)
    }
  }

  private func entries(_ range: Range<Int>, areNamed: Bool, depth: Int) -> QuotingAdvice? {
    var start = range.lowerBound
    while start < range.upperBound {
      if areNamed {
        guard let colon = colon(in: start..<range.upperBound) else { return nil }
        start = colon + 1
      }
      let end = end(of: start..<range.upperBound, atComma: true) ?? range.upperBound
      if let advice = value(start..<end, inFlow: true, depth: depth) { return advice }
      start = end + 1
    }
    return nil
  }

  /// Where a value ends: at a closing bracket, or a comma, that belongs to what is around it.
  private func end(of range: Range<Int>, atComma: Bool) -> Int? {
    var open = 0
    var index = range.lowerBound
    while index < range.upperBound {
      switch byte(index) {
      case "(", "[", "{": open += 1
      case ")" where open > 0: open -= 1
      case "]", "}":
        if open == 0 { return index }
        open -= 1
      case ",": if open == 0, atComma { return index }
      case "\"", "'": index = endOfQuote(index, in: range).map { $0 - 1 } ?? index
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Just after the closing quote.
  private func endOfQuote(_ start: Int, in range: Range<Int>) -> Int? {
    let quote = bytes[start]
    var index = start + 1
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        index += 1
      } else if bytes[index] == quote {
        return index + 1
      }
      index += 1
    }
    return nil
  }

  /// A colon that ends a key: followed by a space or the end.
  private func colon(in range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound {
      let next = index + 1
      if byte(index) == ":", next == range.upperBound || isOneOf(next, " \t", in: range) { return index }
      if index == range.lowerBound, isOneOf(index, "\"'", in: range), let end = endOfQuote(index, in: range) {
        index = end
      } else {
        index = next
      }
    }
    return nil
  }

  /// `!name value`, as against the expression `!vars.done && ...`.
  private func looksLikeTag(_ value: Range<Int>) -> Bool {
    let text = String(decoding: bytes[value], as: UTF8.self)
    if text.hasPrefix("!!") || text.hasPrefix("!<") || text == "!" { return true }
    let words = text.split(separator: " ", maxSplits: 1)
    guard words.count == 2, let first = words[1].first else { return false }
    return (first.isLetter || first.isNumber || first == "\"" || first == "'") && !words[1].hasPrefix("in ")
  }

  private func begins(_ value: Range<Int>) -> QuotingAdvice {
    QuotingAdvice(reason: .begins(bytes[value.lowerBound]), value: value)
  }

  /// What follows a closed quote or bracket, apart from a comment or the comma of a list around it.
  private func rest(after end: Int, of value: Range<Int>) -> Range<Int> {
    let rest = trimmed(upToComment(end..<value.upperBound))
    return rest.count == 1 && byte(rest.lowerBound) == "," ? rest.upperBound..<rest.upperBound : rest
  }

  /// Without the comment at its end; a '#' that leaves a bracket open was meant as text.
  private func upToComment(_ range: Range<Int>) -> Range<Int> {
    let comment = range.first { isComment($0, in: range) }
    guard let comment else { return range }
    let start = skipSpaces(range)
    if isOneOf(start, "[{", in: range), end(of: start + 1..<comment, atComma: false) == nil { return range }
    return range.lowerBound..<comment
  }

  private func isComment(_ index: Int, in range: Range<Int>) -> Bool {
    byte(index) == "#" && index > 0 && isOneOf(index - 1, " \t", in: 0..<range.upperBound)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let start = skipSpaces(range)
    var end = range.upperBound
    while end > start, isOneOf(end - 1, " \t", in: range) { end -= 1 }
    return start..<end
  }

  private func skipSpaces(_ range: Range<Int>) -> Int {
    range.first { !isOneOf($0, " \t", in: range) } ?? range.upperBound
  }

  private func byte(_ index: Int) -> Unicode.Scalar { Unicode.Scalar(bytes[index]) }

  private func isOneOf(_ index: Int, _ set: String, in range: Range<Int>) -> Bool {
    range.contains(index) && set.utf8.contains(bytes[index])
  }
}
