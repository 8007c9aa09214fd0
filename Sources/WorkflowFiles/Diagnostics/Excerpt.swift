/// One line of a file with the part that is meant; of a long line only the surroundings.
package struct Excerpt: Sendable, Hashable {
  package var before: String
  /// Empty when a place between two characters is meant.
  package var marked: String
  package var after: String

  package init(before: String, marked: String, after: String) {
    self.before = before
    self.marked = marked
    self.after = after
  }

  /// Characters kept on each side, so that a hostile line of a megabyte stays small.
  private static let reach = 160

  package init(of range: Range<Int>, in source: SourceText) {
    let line = source.line(at: range.lowerBound)
    let start = min(max(range.lowerBound, line.lowerBound), line.upperBound)
    let end = min(max(range.upperBound, start), line.upperBound)
    // Four bytes a scalar: enough bytes for `reach` characters whatever they are.
    let left = max(line.lowerBound, start - 4 * Self.reach)
    let right = min(line.upperBound, end + 4 * Self.reach)
    let middle = min(end, start + 4 * Self.reach)
    before = Self.kept(source.text(left..<start), cut: left > line.lowerBound, fromEnd: true)
    marked = Self.kept(source.text(start..<middle), cut: middle < end, fromEnd: false)
    after = Self.kept(
      source.text(middle == end ? end..<right : end..<end), cut: right < line.upperBound, fromEnd: false)
  }

  private static func kept(_ text: String, cut: Bool, fromEnd: Bool) -> String {
    guard cut || text.count > reach else { return text }
    return fromEnd ? "…" + text.suffix(reach - 1) : text.prefix(reach - 1) + "…"
  }
}

extension SourceText {
  /// The place of a stretch of offsets, with the line to show.
  package func place(_ range: Range<Int>) -> Finding.Place {
    Finding.Place(
      file: file, start: position(at: range.lowerBound), end: position(at: range.upperBound),
      excerpt: Excerpt(of: range, in: self))
  }
}
