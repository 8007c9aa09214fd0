import CEL

extension Rule {
  static let resultWhereNoneIs = Rule(
    "W211", .error, "'result' where there is none",
    why: """
      `result` is what the step itself has brought: a form, a decision, an answer. It is there in the step's own `set` \
      and `undo`; elsewhere read `steps.<id>.output`.
      """,
    wrong: """
      size: {type: gateway, branches: [{when: result.big, then: approve}, {otherwise: pay}]}
      """,
    right: """
      size: {type: gateway, branches: [{when: steps.measure.output.big, then: approve}, {otherwise: pay}]}
      """
  ) { subject in
    subject.remarks(on: "result") { checked, reference in
      // A move's guard and `set` see what its form, or its event, brings; `undo` sees what the visit gave.
      guard checked.place.move == nil, !checked.place.isInUndo else { return nil }
      guard case .set = checked.place.use, let number = checked.place.step else {
        return checked.place.remark(
          "there is no 'result' here", reference,
          hint: "it is known in 'set' and 'undo'; elsewhere read steps.<id>.output")
      }
      let step = subject.workflow.steps[number]
      return step.resultType(subject.types) == nil
        ? checked.place.remark("a \(step.type) brings no result", reference) : nil
    }
  }
}
