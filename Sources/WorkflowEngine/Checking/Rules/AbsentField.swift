import CEL

extension Rule {
  static let absentField = Rule(
    "W207", .error, "field that may be absent",
    why: """
      A field that is not `required` and has no `default` may not be there, and computing with it then is an error, which stops \
      the instance. Ask for it first, or say what else. Only where a name gets its value (`show`, `prefill`, `output`, `set`), a \
      plain path may lead to nothing: the fact is then empty, and a variable keeps its value or, declared without one, has none.
      """,
    wrong: """
      body: "It says: ${input.note}"                   # not required
      """,
    right: """
      body: "It says: ${input.?note.orValue('nothing')}"
      """
  ) { subject in
    subject.expressions.checked.flatMap { checked in
      checked.absent.map { mistake in
        Remark(mistake.message, at: checked.place.path, focus: checked.place.focus(mistake.range), hint: mistake.hint)
      }
    }
  }
}
