/// Text broken into lines that fit a width.
struct Lettering: Equatable, Sendable {
  let lines: [String]
  /// The width of the widest line, rounded up to an even number of pixels.
  let width: Double

  /// Breaks at blanks, and after `-`, `_`, `.` and `/` in long words; what does not fit ends in an ellipsis.
  ///
  /// Only the first few hundred characters are looked at, so that a hostile title costs no more than an honest one.
  init(_ text: String, in face: Typeface, size: Double, width limit: Double, lines count: Int) {
    var setter = Typesetter(face: face, size: size, limit: limit, count: count)
    setter.set(text.prefix(400))
    lines = setter.lines
    let widest = lines.map { face.width(of: $0, size: size) }.max() ?? 0
    width = 2 * (widest / 2).rounded(.up)
  }
}

private struct Typesetter {
  let face: Typeface
  let size: Double
  let limit: Double
  let count: Int
  var lines: [String] = []

  mutating func set(_ text: Substring) {
    var line = ""
    for piece in Self.pieces(of: text) {
      if fits(line + Self.trimmed(piece)) {
        line += piece
        continue
      }
      if !line.isEmpty, lines.count + 1 == count {
        lines.append(cut(line + piece))
        return
      }
      if !line.isEmpty { lines.append(Self.trimmed(line)) }
      guard fits(Self.trimmed(piece)) else {
        lines.append(cut(piece))
        return
      }
      line = piece
    }
    line = Self.trimmed(line)
    if !line.isEmpty { lines.append(line) }
  }

  private func fits(_ text: String) -> Bool {
    face.width(of: text, size: size) <= limit
  }

  /// As much of the text as fits before an ellipsis.
  private func cut(_ text: String) -> String {
    var kept = ""
    var width = face.width(of: "…", size: size)
    for character in text {
      width += face.width(of: String(character), size: size)
      if width > limit { break }
      kept.append(character)
    }
    return Self.trimmed(kept) + "…"
  }

  private static func trimmed(_ text: String) -> String {
    guard let end = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(text[...end])
  }

  /// Chinese, Japanese and their like break after any character.
  private static func isIdeographic(_ character: Character) -> Bool {
    (0x2E80..<0xA4D0).contains(character.unicodeScalars.first?.value ?? 0)
  }

  /// The text as pieces that a line may end after; runs of blanks become one, controls become blanks.
  private static func pieces(of text: Substring) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in text {
      let isBlank = character.isWhitespace || (character.unicodeScalars.first?.value ?? 0) < 0x20
      if isBlank {
        if piece.isEmpty { continue }
        pieces.append(piece + " ")
        piece = ""
        continue
      }
      piece.append(character)
      if ("-_./".contains(character) && piece.count > 2) || isIdeographic(character) {
        pieces.append(piece)
        piece = ""
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }
}
