/// A string as CEL counts it: in code points.
struct Text {
  let scalars: ArraySlice<Unicode.Scalar>

  init(_ string: String) {
    scalars = Array(string.unicodeScalars)[...]
  }

  init(_ scalars: some Sequence<Unicode.Scalar>) {
    self.scalars = Array(scalars)[...]
  }

  var count: Int { scalars.count }

  var string: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  func mapped(_ change: (Unicode.Scalar) -> Unicode.Scalar) -> String {
    Text(scalars.map(change)).string
  }

  /// - Throws: if the bounds are not within the text, in order.
  func slice(from start: Int64, to end: Int64) throws(Failure) -> String {
    guard (0...Int64(count)).contains(start) else { throw outOfRange(start) }
    guard (0...Int64(count)).contains(end) else { throw outOfRange(end) }
    guard start <= end else { throw Failure(.index, "a part of a text cannot go from \(start) to \(end)") }
    return Text(scalars[Int(start)..<Int(end)]).string
  }

  func outOfRange(_ index: Int64) -> Failure {
    Failure(.index, "the index \(index) is not within a text of \(count) characters")
  }

  /// The first place of a part, at or after an index within the text.
  func firstIndex(of part: Text, from start: Int) -> Int? {
    guard part.count > 0 else { return start }
    var index = start
    while index + part.count <= count {
      if scalars[index..<index + part.count].elementsEqual(part.scalars) { return index }
      index += 1
    }
    return nil
  }

  /// The last place of a part, at or before an index.
  func lastIndex(of part: Text, from start: Int) -> Int? {
    var index = min(start, count - part.count)
    while index >= 0 {
      if scalars[index..<index + part.count].elementsEqual(part.scalars) { return index }
      index -= 1
    }
    return nil
  }

  /// What lies before, between and after at most so many places of a part; negative is all of them. An empty part is
  /// found before each character and at the end.
  func pieces(around part: Text, limit: Int) -> [Text] {
    var pieces: [Text] = []
    var start = 0
    var from = 0
    while limit < 0 || pieces.count < limit, from <= count, let index = firstIndex(of: part, from: from) {
      pieces.append(Text(scalars[start..<index]))
      start = index + part.count
      from = max(start, index + 1)
      if part.count == 0 { start = index }
    }
    pieces.append(Text(scalars[start...]))
    return pieces
  }

  /// At most so many parts (negative is all); by the empty text into characters.
  func split(by separator: Text, limit: Int) -> [Text] {
    if limit == 0 { return [] }
    if separator.count > 0 { return pieces(around: separator, limit: limit < 0 ? -1 : limit - 1) }
    let single = limit < 0 ? count : min(count, limit - 1)
    let parts = scalars.prefix(single).map { Text([$0]) }
    return single < count ? parts + [Text(scalars[single...])] : parts
  }

  /// Without Unicode white space at both ends.
  var trimmed: String {
    let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
    let end = scalars.lastIndex { !$0.properties.isWhitespace }.map { $0 + 1 } ?? start
    return Text(scalars[start..<end]).string
  }
}

extension String {
  /// In double quotes, with the escapes of a CEL string.
  var celQuoted: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\u{07}": text += "\\a"
      case "\u{08}": text += "\\b"
      case "\u{0C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0B}": text += "\\v"
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
