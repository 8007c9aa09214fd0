package import WorkflowEngine

/// A diagnostic with its place in a file and the line to show: all that a drawing needs.
package struct Finding: Sendable, Hashable {
  /// Names the rule for ever: `W012`.
  package var code: String
  package var severity: Diagnostic.Severity
  /// One sentence without a full stop.
  package var message: String
  /// How to mend it.
  package var hint: String?
  /// A text that mends it in the place of what is underlined.
  package var fix: String?
  package var place: Place
  package var related: [Related]

  /// - Parameter fix: where the hint does not name it.
  package init(
    _ code: String, _ severity: Diagnostic.Severity = .error, _ message: String, at place: Place, hint: String? = nil,
    fix: String? = nil, related: [Related] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message.abridged(to: Self.longestMessage)
    self.hint = hint?.abridged(to: Self.longestHint)
    self.fix = fix ?? hint.flatMap { Self.fix(in: $0) }
    self.place = place
    self.related = related
  }

  /// Characters that are said of a text, whatever a file holds; a hint may repeat a whole line.
  private static let longestMessage = 800
  private static let longestHint = 4_000

  /// Hints that name a fix end with it: `did you mean 'pay'?`, `to mean it as a text, write "5"`.
  private static func fix(in hint: String) -> String? {
    if hint.hasPrefix("did you mean '"), hint.hasSuffix("'?") { return String(hint.dropFirst(14).dropLast(2)) }
    guard hint.hasPrefix("to mean it as "), let word = hint.firstRange(of: ", write ") else { return nil }
    return String(hint[word.upperBound...])
  }

  /// Another place that belongs to the finding.
  package struct Related: Sendable, Hashable {
    package var place: Place
    package var message: String

    package init(place: Place, message: String) {
      self.place = place
      self.message = message
    }
  }

  /// A stretch of a file, or the file as a whole (`start == nil`).
  package struct Place: Sendable, Hashable {
    package var file: String
    package var start: SourceText.Position?
    /// Just after the last character.
    package var end: SourceText.Position?
    package var excerpt: Excerpt?

    package init(
      file: String, start: SourceText.Position? = nil, end: SourceText.Position? = nil, excerpt: Excerpt? = nil
    ) {
      self.file = file
      self.start = start
      self.end = end
      self.excerpt = excerpt
    }
  }
}

extension Finding: Comparable {
  /// The order in which people read: by file, place, code.
  package static func < (left: Finding, right: Finding) -> Bool {
    let (a, b) = (left.place, right.place)
    if a.file != b.file { return a.file < b.file }
    let (x, y) = (a.start?.offset ?? -1, b.start?.offset ?? -1)
    return x != y ? x < y : (left.code, left.message) < (right.code, right.message)
  }
}

extension String {
  /// Without its middle, where it is longer.
  fileprivate func abridged(to limit: Int) -> String {
    guard utf8.count > limit, unicodeScalars.count > limit else { return self }
    let ends = [unicodeScalars.prefix(limit / 2), unicodeScalars.suffix(limit / 2)].map { String($0) }
    return ends.joined(separator: " … ")
  }
}
