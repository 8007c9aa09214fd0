/// One thing that the checker proves, with its own code, sentence and explanation. One rule per file in `Rules/`.
package struct Rule: Sendable {
  /// Stays the same for ever: `W101`. The reader's own findings are below `W100`.
  package let code: String
  package let severity: Diagnostic.Severity
  /// A few words for lists: `unreachable step`.
  package let title: String
  /// Why it matters, in a sentence or two of Markdown.
  package let why: String
  /// A fragment of a file that breaks the rule, and the same as it should be.
  package let wrong: String
  package let right: String
  let check: @Sendable (CheckSubject) -> [Remark]

  init(
    _ code: String, _ severity: Diagnostic.Severity, _ title: String, why: String, wrong: String, right: String,
    check: @escaping @Sendable (CheckSubject) -> [Remark]
  ) {
    self.code = code
    self.severity = severity
    self.title = title
    self.why = why
    self.wrong = wrong
    self.right = right
    self.check = check
  }

  /// What `writ explain` prints, in Markdown.
  package var explanation: String {
    "\(why)\n\nWrong:\n\n```yaml\n\(wrong)\n```\n\nRight:\n\n```yaml\n\(right)\n```\n"
  }
}

/// What a rule has to say about one place; its rule gives it code and severity.
struct Remark: Sendable, Hashable {
  var message: String
  var path: [PathElement]
  var focus: Diagnostic.Focus
  var hint: String?
  var related: [Diagnostic.Related]

  init(
    _ message: String, at path: [PathElement], focus: Diagnostic.Focus = .value, hint: String? = nil,
    related: [Diagnostic.Related] = []
  ) {
    self.message = message
    self.path = path
    self.focus = focus
    self.hint = hint
    self.related = related
  }
}
