/// A reader strict enough to tell whether markup is well-formed XML: tags nest, attributes are quoted and unique, text holds
/// no bare `<` or `&`.
struct WellFormed {
  struct Fault: Error { let sentence: String }

  private var rest: Substring
  private var open: [Substring] = []

  static func check(_ text: String) throws {
    var reader = WellFormed(rest: text[...])
    try reader.read()
  }

  private mutating func read() throws {
    while !rest.isEmpty {
      let text = rest.prefix { $0 != "<" }
      try checkText(text)
      rest = rest.dropFirst(text.count)
      if rest.isEmpty { break }
      if rest.hasPrefix("</") { try readEndTag() } else { try readStartTag() }
    }
    if let unclosed = open.last { throw Fault(sentence: "<\(unclosed)> is not closed") }
  }

  private mutating func readEndTag() throws {
    let name = rest.dropFirst(2).prefix { $0 != ">" }
    guard open.popLast() == name else { throw Fault(sentence: "</\(name)> closes nothing") }
    rest = rest.dropFirst(name.count + 3)
  }

  private mutating func readStartTag() throws {
    rest = rest.dropFirst()
    let name = rest.prefix { $0.isLetter || $0.isNumber }
    guard !name.isEmpty else { throw Fault(sentence: "a tag without a name") }
    rest = rest.dropFirst(name.count)
    var seen: Set<Substring> = []
    while rest.first == " " {
      rest = rest.dropFirst()
      let attribute = rest.prefix { $0 != "=" }
      guard seen.insert(attribute).inserted else { throw Fault(sentence: "\(attribute) twice") }
      rest = rest.dropFirst(attribute.count)
      guard rest.hasPrefix("=\"") else { throw Fault(sentence: "\(attribute) is not quoted") }
      rest = rest.dropFirst(2)
      let value = rest.prefix { $0 != "\"" }
      try checkText(value)
      rest = rest.dropFirst(value.count + 1)
    }
    if rest.hasPrefix("/>") {
      rest = rest.dropFirst(2)
    } else if rest.hasPrefix(">") {
      open.append(name)
      rest = rest.dropFirst()
    } else {
      throw Fault(sentence: "<\(name) ends in \(rest.prefix(9))")
    }
  }

  private func checkText(_ text: Substring) throws {
    guard !text.contains("<") else { throw Fault(sentence: "a bare < in \(text.prefix(40))") }
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let entity = part.prefix { $0 != ";" }
      guard ["amp", "lt", "gt", "quot", "#39"].contains(entity) else {
        throw Fault(sentence: "a bare & before \(part)")
      }
    }
  }
}
