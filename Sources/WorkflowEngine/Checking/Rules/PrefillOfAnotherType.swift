import CEL

extension Rule {
  static let prefillOfAnotherType = Rule(
    "W220", .error, "prefill of another type than its field",
    why: "The form would refuse what it was opened with.",
    wrong: """
      form: {type: object, properties: {days: {type: integer}}}
      prefill: {days: "'three'"}
      """,
    right: """
      prefill: {days: "3"}
      """
  ) { subject in
    subject.expressions.checked.compactMap { checked in
      guard case .prefill(let name) = checked.place.use, checked.mistakes.isEmpty, let number = checked.place.step,
        case .task(let task) = subject.workflow.steps[number].kind, case .record(let record)? = task.form?.celType,
        let wanted = record[name]?.type, !checked.valueType.fits(wanted)
      else { return nil }
      return Remark(
        "this is \(checked.type.words), but the field '\(name)' is \(wanted.words)", at: checked.place.path,
        hint: checked.type.remedy(to: wanted))
    }
  }
}
