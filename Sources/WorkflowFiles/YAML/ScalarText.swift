extension SourceText {
  /// Where a stretch of a scalar's text stands in the file, through quotes, escapes and folded lines.
  ///
  /// - Parameter text: UTF-8 offsets in the scalar's text.
  package func range(of text: Range<Int>, in node: YAMLNode) -> Range<Int> {
    guard let content = node.text, let style = node.style else { return firstLine(of: node.span) }
    // What follows the last line of a block is no place that people see.
    let length = content.utf8.count - content.utf8.reversed().prefix { $0 == 0x0A }.count
    let wanted = [min(max(text.lowerBound, 0), length), min(max(text.upperBound, 0), length)]
    var walk = ScalarWalk(bytes: bytes, span: node.span, style: style, text: Array(content.utf8))
    let start = walk.offset(ofText: wanted[0])
    return firstLine(of: start..<max(start, walk.offset(ofText: wanted[1])))
  }
}

/// Walks through the written form of a scalar and its text side by side.
private struct ScalarWalk {
  let bytes: [UInt8]
  let end: Int
  let style: YAMLNode.Style
  let text: [UInt8]
  private var raw: Int
  private var position = 0

  init(bytes: [UInt8], span: Range<Int>, style: YAMLNode.Style, text: [UInt8]) {
    self.bytes = bytes
    self.style = style
    self.text = text
    raw = span.lowerBound
    end = min(span.upperBound, bytes.count)
    switch style {
    case .plain: break
    case .singleQuoted, .doubleQuoted: raw += 1
    case .literal, .folded: skipHeader()
    }
  }

  /// Offsets are asked for in ascending order.
  mutating func offset(ofText wanted: Int) -> Int {
    while position < wanted, raw < end { step() }
    if position < text.count { skipUnread() }
    return min(raw, end)
  }

  /// Takes one unit: a byte that stands for itself, an escape, or a fold.
  private mutating func step() {
    skipUnread()
    guard raw < end, position < text.count else {
      raw = end
      return
    }
    if style == .doubleQuoted, bytes[raw] == UInt8(ascii: "\\") { return stepOverEscape() }
    if style == .singleQuoted, bytes[raw] == UInt8(ascii: "'") { raw += 1 }
    if isBreak(bytes[raw]), text[position] == 0x20 || isBreak(text[position]) { return stepOverBreaks() }
    raw += 1
    position += 1
  }

  /// Written white space that is not in the text: indentation, and spaces around a fold.
  private mutating func skipUnread() {
    while raw < end, position < text.count, bytes[raw] != text[position], bytes[raw] == 0x20 || bytes[raw] == 0x09 {
      raw += 1
    }
    if style == .doubleQuoted, raw + 1 < end, bytes[raw] == UInt8(ascii: "\\"), isBreak(bytes[raw + 1]) {
      raw += 1
      while raw < end, isBreak(bytes[raw]) || bytes[raw] == 0x20 || bytes[raw] == 0x09 { raw += 1 }
    }
  }

  /// One break folds to a space, n breaks to n - 1 line feeds; in `|` each break stands for itself.
  private mutating func stepOverBreaks() {
    if text[position] == 0x20 {
      while raw < end, isBreak(bytes[raw]) { raw += 1 }
      position += 1
      skipIndentation()
      return
    }
    while position < text.count, isBreak(text[position]), raw < end {
      skipBreak()
      position += 1
      skipIndentation()
    }
    if style != .literal {
      while raw < end, isBreak(bytes[raw]) {
        skipBreak()
        skipIndentation()
      }
    }
  }

  private mutating func skipBreak() {
    if raw + 1 < end, bytes[raw] == 0x0D, bytes[raw + 1] == 0x0A { raw += 1 }
    if raw < end, isBreak(bytes[raw]) { raw += 1 }
  }

  private mutating func skipIndentation() {
    while raw < end, bytes[raw] == 0x20, position >= text.count || text[position] != 0x20 { raw += 1 }
  }

  private mutating func stepOverEscape() {
    let digits: Int? = raw + 1 < end ? ["x": 2, "u": 4, "U": 8][Character(Unicode.Scalar(bytes[raw + 1]))] : nil
    raw += 2 + (digits ?? 0)
    position += 1
    while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
  }

  /// `|` or `>` with its indicators and comment, up to the first line of text.
  private mutating func skipHeader() {
    while raw < end, !isBreak(bytes[raw]) { raw += 1 }
    skipBreak()
    while raw < end, bytes[raw] == 0x20, text.first != 0x20 { raw += 1 }
  }

  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
