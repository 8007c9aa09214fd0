import CEL

extension Rule {
  static let absentField = Rule(
    "W207", .error, "field that may be absent",
    why: """
      A field that is not `required` and has no `default` may not be there, and reading it then is an error, which stops the \
      instance. Ask for it first, or say what else.
      """,
    wrong: """
      show: {Note: input.note}                         # not required
      """,
    right: """
      show: {Note: "input.?note.orValue('none')"}
      """
  ) { subject in
    subject.expressions.checked.flatMap { checked in
      checked.absent.map { mistake in
        Remark(mistake.message, at: checked.place.path, focus: checked.place.focus(mistake.range), hint: mistake.hint)
      }
    }
  }
}
