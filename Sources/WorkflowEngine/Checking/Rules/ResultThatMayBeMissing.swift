import CEL

extension Rule {
  static let resultThatMayBeMissing = Rule(
    "W210", .warning, "result of a step that may have failed",
    why: """
      A step that expired, or was left by `on-error`, has finished without a result of its own. What is read of its `output` then \
      is not what its form or schema says.
      """,
    wrong: """
      measure: {type: service, uses: http, with: {...}, on-error: [{then: report}], then: report}
      report:  {type: notification, to: [owner], subject: Health, body: "${steps.measure.output.body.health}", then: finished}
      """,
    right: """
      measure: {type: service, uses: http, with: {...}, on-error: [{then: report_failure}], then: report}
      """
  ) { subject in
    subject.remarks(onNamesOf: "steps") { checked, reference, name in
      guard !reference.isGuarded, reference.path.count > 3, reference.path[2] == "output",
        !["code", "message"].contains(reference.path[3]),
        let step = subject.graph.index[name], subject.isEvaluated(checked.place),
        subject.expressions.holds(.finished(step), at: checked.place),
        !subject.expressions.holds(.hasResult(step), at: checked.place)
      else { return nil }
      return checked.place.remark(
        "'\(name)' may have ended without a result", reference,
        hint: "ask first: has(\(reference.path.joined(separator: ".")))")
    }
  }
}
