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
    subject.remarks(onNamesOf: "steps") { checked, reference, name in
      subject.graph.index[name] == nil
        ? checked.place.remark(
          "no step is named '\(name)'", reference,
          hint: Spelling.hint(for: reference, among: subject.graph.ids, noun: "steps")) : nil
    }
  }
}
