extension Rule {
  static let notInThisVersion = Rule(
    "W121", .error, "not in this version",
    why: """
      The language knows this, but the engine of this version does not run it yet. It is refused when it is deployed, so that no \
      instance gets to where it could not go on.
      """,
    wrong: """
      heard: {type: wait, event: reply, then: finished}
      """,
    right: """
      heard: {type: task, title: Wait for the reply, assignees: [role:hr], then: finished}
      """
  ) { subject in
    subject.workflow.unsupported.map { what, path in
      Remark("\(what) cannot run in this version", at: path, focus: .key)
    }
      + subject.workflow.sensitiveFields.map { path in
        Remark(
          "'sensitive' neither encrypts nor hides anything in this version", at: path, focus: .key,
          hint: "keep such a value elsewhere, and a reference to it here")
      }
  }
}

extension Workflow {
  /// What the engine does not run, in one table.
  fileprivate var unsupported: [(what: String, path: [PathElement])] {
    steps.flatMap(\.unsupported)
  }
}

extension Step {
  fileprivate var unsupported: [(what: String, path: [PathElement])] {
    var found: [(String, [PathElement])] = []
    if each != nil, !onEvent.isEmpty { found.append(("'on-event' beside 'each'", ["on-event"])) }
    switch kind {
    default: break
    }
    return found.map { ($0, root + $1) }
  }
}
