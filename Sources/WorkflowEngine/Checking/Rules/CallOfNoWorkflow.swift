extension Rule {
  static let callOfNoWorkflow = Rule(
    "W801", .error, "call of no workflow",
    why: "`call` names another workflow by its path below `workflows/`, without the ending.",
    wrong: """
      check: {type: call, workflow: background-check.yaml, then: {completed: hire}}
      """,
    right: """
      check: {type: call, workflow: hr/background-check, then: {completed: hire}}
      """
  ) { subject in
    subject.calls.filter { $0.callee == nil }.map { place in
      let known = subject.workflows.keys.sorted()
      let name = place.call.workflow
      let renamed = subject.workflows.values.first { $0.renamedFrom == name }?.name
      let sameEnding = known.first { Workflow.shortName(of: $0) == Workflow.shortName(of: name) }
      return Remark(
        "there is no workflow '\(name)'", at: place.step.root + ["workflow"],
        hint: (renamed ?? sameEnding).map { "did you mean '\($0)'?" }
          ?? Spelling.hint(for: name, among: known, noun: "workflows"))
    }
  }
}
