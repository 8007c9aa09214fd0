/// libyaml's words, said so that somebody who does not know YAML's grammar can mend the line.
struct YAMLSyntaxError {
  private let error: YAMLEventStream.SyntaxError

  init(_ error: YAMLEventStream.SyntaxError) { self.error = error }

  func finding(in source: SourceText) -> Finding {
    for offset in [error.offset, error.contextOffset].compactMap(\.self) {
      if let advice = QuotingAdvice.forLine(at: offset, in: source) { return advice.finding(in: source) }
    }
    if let tab = tab(in: source) { return tab }
    if let space = hardSpace(in: source) { return space }
    let (message, hint, atContext) = words(in: source)
    let offset = atContext ? error.contextOffset ?? error.offset : error.offset
    let range = source.character(at: offset)
    return Finding(.syntax, message, at: source.place(range), hint: hint)
  }

  private func tab(in source: SourceText) -> Finding? {
    let line = source.line(at: error.offset)
    guard let tab = line.first(where: { source.bytes[$0] == 0x09 }),
      error.problem.contains("tab") || tab <= error.offset,
      line.lowerBound == tab || source.bytes[line.lowerBound..<tab].allSatisfy({ $0 == 0x20 })
    else { return nil }
    return Finding(
      .tab, "a tab cannot indent a line", at: source.place(tab..<tab + 1), hint: "use spaces")
  }

  /// A space that is none for YAML, from a web page or a word processor.
  private func hardSpace(in source: SourceText) -> Finding? {
    let line = source.line(at: error.contextOffset ?? error.offset)
    guard
      let space = line.dropLast().first(where: { source.bytes[$0] == 0xC2 && source.bytes[$0 + 1] == 0xA0 })
    else { return nil }
    return Finding(
      .syntax, "this space is U+00A0, which YAML takes for a letter", at: source.place(space..<space + 2),
      hint: "type a plain space")
  }

  private func words(in source: SourceText) -> (message: String, hint: String?, atContext: Bool) {
    switch error.problem {
    case "mapping values are not allowed in this context":
      ("a key cannot stand here", "indent the line like the keys around it, or put the text in quotes", false)
    case "did not find expected key":
      ("a key was expected here", "indent the line like the keys around it", false)
    case "could not find expected ':'":
      ("this line has no ':' after its key", "write 'key: value'", true)
    case "did not find expected '-' indicator":
      ("an item of the list was expected here", "begin the line with '- ' like the items above", false)
    case "block sequence entries are not allowed in this context":
      ("a list cannot begin here", "begin it on a line of its own", false)
    case "did not find expected ',' or ']'":
      isOnLaterLine(source)
        ? ("this '[' is never closed", "add ']'", true)
        : ("a ',' or ']' was expected here", "put text with brackets or commas in quotes", false)
    case "did not find expected ',' or '}'":
      isOnLaterLine(source)
        ? ("this '{' is never closed", "add '}'", true)
        : ("a ',' or '}' was expected here", "put text with brackets or commas in quotes", false)
    case "found unexpected end of stream", "found unexpected document indicator":
      ("this quote is never closed", "close it", true)
    case "found unknown escape character":
      ("this escape is not known", "write '\\\\' for a backslash, or use single quotes", false)
    case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
      ("this escape names no character", "write four hexadecimal digits after '\\u'", false)
    case "found character that cannot start any token":
      ("text cannot begin with this character", "put it in quotes", false)
    case "did not find expected <document start>":
      ("something follows the end of the document", "a file holds one document", false)
    case "did not find expected alphabetic or numeric character":
      ("an anchor or alias begins here, and neither is allowed", "put the text in quotes", true)
    case "found undefined tag handle", "did not find expected whitespace or line break":
      ("a tag begins here, and tags are not allowed", "put the text in quotes", true)
    case "did not find expected node content":
      ("a value was expected here", nil, false)
    default: ("the file is not well-formed YAML here (\(error.problem))", nil, false)
    }
  }

  private func isOnLaterLine(_ source: SourceText) -> Bool {
    source.line(at: error.offset) != source.line(at: error.contextOffset ?? error.offset)
  }
}

extension SourceText {
  /// The one character at an offset, or nothing at the end of a line.
  fileprivate func character(at offset: Int) -> Range<Int> {
    guard offset < line(at: offset).upperBound else { return offset..<offset }
    var end = offset + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return offset..<end
  }
}
