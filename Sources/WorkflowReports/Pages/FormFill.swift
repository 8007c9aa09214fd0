package import WorkflowEngine

/// What a form is filled with when it is shown: values, and what was wrong with them.
package struct FormFill: Sendable, Hashable {
  /// Texts by name of field, as they were submitted or prefilled.
  package var texts: [String: String]
  /// What is wrong, by RFC 6901 pointer into the form's value; the empty pointer is the form as a whole.
  package var violations: [Rejection.Violation]
  /// What is wrong with the request as a whole, in a sentence.
  package var problem: String?

  package init(texts: [String: String] = [:], violations: [Rejection.Violation] = [], problem: String? = nil) {
    self.texts = texts
    self.violations = violations
    self.problem = problem
  }

  /// `address.city` for `/address/city`.
  static func name(_ pointer: String) -> String {
    pointer.split(separator: "/").map { $0.unescapedPointer }.joined(separator: ".")
  }

  func violations(of field: String) -> [String] {
    violations.filter { Self.name($0.pointer) == field }.map(\.message)
  }
}

extension Substring {
  /// `~1` is `/` and `~0` is `~` in a pointer.
  fileprivate var unescapedPointer: String {
    var text = ""
    var rest = self
    while let tilde = rest.firstIndex(of: "~") {
      let after = rest.index(after: tilde)
      text += rest[..<tilde]
      guard after < rest.endIndex, rest[after] == "0" || rest[after] == "1" else {
        text += "~"
        rest = rest[after...]
        continue
      }
      text += rest[after] == "1" ? "/" : "~"
      rest = rest[rest.index(after: after)...]
    }
    return text + rest
  }
}
