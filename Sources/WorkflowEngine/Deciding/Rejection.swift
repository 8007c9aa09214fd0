/// A refusal: a command that the state or the policy does not allow. A value, not a crash.
package struct Rejection: Error, Sendable, Hashable {
  /// Stable names; the doors translate them into exit codes and HTTP statuses.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    /// The words of the command do not hold: a form or an input that its schema refuses.
    case invalid
    /// The person may not do this.
    case notAllowed = "not-allowed"
    case notFound = "not-found"
    /// Already decided, ended or withdrawn.
    case closed
    /// What was shown has changed since.
    case stale
    /// Several things could be meant.
    case ambiguous
    /// The state does not allow it now.
    case conflict
    case busy
  }

  package struct Violation: Sendable, Hashable {
    /// RFC 6901 pointer into the input.
    package var pointer: String
    package var message: String

    package init(pointer: String, message: String) {
      self.pointer = pointer
      self.message = message
    }
  }

  package var code: Code
  /// One sentence for the person who asked.
  package var message: String
  package var hint: String?
  package var violations: [Violation]

  package init(_ code: Code, _ message: String, hint: String? = nil, violations: [Violation] = []) {
    self.code = code
    self.message = message
    self.hint = hint
    self.violations = violations
  }
}
