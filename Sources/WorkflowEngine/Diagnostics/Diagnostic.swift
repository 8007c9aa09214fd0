/// What a reader or a rule has to say about a file: identity apart from words, words apart from how they are drawn.
package struct Diagnostic: Sendable, Hashable {
  package enum Severity: String, Sendable, Hashable, CaseIterable { case error, warning, note }

  /// Names the rule for ever: `W012`. `writ explain W012` tells more.
  package var code: String
  package var severity: Severity
  /// One sentence without a full stop.
  package var message: String
  /// How to mend it: `did you mean 'manager_approval'?`
  package var hint: String?
  /// Where in the file, as keys and indexes from its root.
  package var path: [PathElement]
  /// Which part of that place is meant.
  package var focus: Focus
  package var related: [Related]

  package init(
    _ code: String, _ severity: Severity = .error, _ message: String, at path: [PathElement], focus: Focus = .value,
    hint: String? = nil, related: [Related] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.path = path
    self.focus = focus
    self.hint = hint
    self.related = related
  }

  package enum Focus: Sendable, Hashable {
    case key
    case value
    /// UTF-8 offsets inside the scalar at the path, as its text reads after YAML's quoting.
    case range(Range<Int>)
  }

  /// Another place that belongs to the finding, in the same file unless `file` says otherwise.
  package struct Related: Sendable, Hashable {
    package var file: String?
    package var path: [PathElement]
    package var message: String

    package init(file: String? = nil, path: [PathElement], message: String) {
      self.file = file
      self.path = path
      self.message = message
    }
  }
}

/// A step on the way from a file's root to a place in it.
package enum PathElement: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case key(String)
  case index(Int)

  package init(stringLiteral value: String) { self = .key(value) }
  package init(integerLiteral value: Int) { self = .index(value) }
}
