extension Rule {
  static let notInThisVersion = Rule(
    "W121", .error, "not in this version",
    why: """
      The language knows this, but the engine of this version does not run it yet. It is refused when it is deployed, so that no \
      instance gets to where it could not go on.
      """,
    wrong: """
      check: {type: call, workflow: hr/background-check, then: {completed: hire}}
      """,
    right: """
      check: {type: task, title: Start the background check and wait for it, assignees: [role:hr], then: hire}
      """
  ) { subject in
    subject.workflow.unsupported.map { what, path in
      Remark("\(what) cannot run in this version", at: path, focus: .key)
    }
  }
}

extension Workflow {
  /// What the engine does not run, in one table.
  fileprivate var unsupported: [(what: String, path: [PathElement])] {
    var found: [(String, [PathElement])] = []
    if expires != nil { found.append(("'expires' of a workflow", ["expires"])) }
    if migration != nil { found.append(("'migrate'", ["migrate"])) }
    if !escalate.isEmpty { found.append(("'escalate' of a workflow", ["escalate"])) }
    for place in selectorPlaces {
      if case .codeOwners = place.innermost { found.append(("'codeowners'", place.path + ["codeowners"])) }
    }
    return found + steps.flatMap(\.unsupported)
  }
}

extension Step {
  fileprivate var unsupported: [(what: String, path: [PathElement])] {
    var found: [(String, [PathElement])] = []
    if each != nil { found.append(("'each'", ["each"])) }
    switch kind {
    case .call: found.append(("a 'call'", ["type"]))
    case .service(let service):
      if service.uses == "job" { found.append(("'uses: job'", ["uses"])) }
      if service.undo != nil { found.append(("'undo'", ["undo"])) }
    case .end(let end) where end.undo: found.append(("'undo'", ["undo"]))
    default: break
    }
    return found.map { ($0, root + $1) }
  }
}
