import CEL

extension Rule {
  static let unknownStepInExpression = Rule(
    "W208", .error, "step that is not there, in an expression",
    why: "`steps.<id>` reads the latest finished visit of a step of this file.",
    wrong: """
      show: {Asked by: steps.aprove.output.by}
      """,
    right: """
      show: {Asked by: steps.approve.output.by}
      """
  ) { subject in
    subject.expressions.checked.flatMap { checked in
      checked.references.filter { $0.path.count > 1 && $0.path[0] == "steps" && subject.graph.index[$0.path[1]] == nil }
        .map {
          checked.place.remark(
            "no step is named '\($0.path[1])'", $0,
            hint: Spelling.hint(for: $0.path[1], among: subject.graph.ids, noun: "steps"))
        }
    }
  }
}
