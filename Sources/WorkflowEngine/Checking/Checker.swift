package enum Checker {
  /// Runs every rule; one pass collects everything, in the order of the rules.
  package static func check(_ subject: CheckSubject) -> [Diagnostic] {
    Rule.all.flatMap { rule in
      let remarks = rule.check(subject)
      var listed = remarks.prefix(CheckSubject.mostRemarks).map { remark in
        Diagnostic(
          rule.code, rule.severity, remark.message, at: remark.path, focus: remark.focus, hint: remark.hint,
          related: remark.related)
      }
      if listed.count < remarks.count {
        listed[listed.count - 1].hint = "and \(remarks.count - listed.count) more like this"
      }
      return listed
    }
  }

  /// What `writ explain` says about one of the checker's codes; `nil` for codes of others.
  package static func explanation(of code: String) -> String? {
    Rule.all.first { $0.code == code }.map { rule in
      "# \(rule.code): \(rule.title) (\(rule.severity.rawValue))\n\n\(rule.explanation)"
    }
  }

  /// `docs/rules.md`: every rule with its explanation.
  package static var handbook: String {
    let head = """
      # What the checker proves

      Every rule has a code that never changes its meaning. `writ explain W101` prints the same as this page, which is made
      from the rules themselves. Codes below `W100` are findings of reading: what is no YAML, no key, no expression.

      """
    let table = Rule.all.map { "| [\($0.code)](#\($0.code.lowercased())) | \($0.severity.rawValue) | \($0.title) |" }
    let sections = Rule.all.map { rule in
      "## \(rule.code)\n\n**\(rule.title)** (\(rule.severity.rawValue)). \(rule.explanation)"
    }
    return head + "\n| code | severity | rule |\n|---|---|---|\n" + table.joined(separator: "\n") + "\n\n"
      + sections.joined(separator: "\n")
  }
}
