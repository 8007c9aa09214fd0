import CEL

extension Rule {
  static let prefillOfUnknownField = Rule(
    "W219", .error, "prefill of a field that the form does not have",
    why: "What is prefilled is handed in with the form, and a field that the form does not know is refused then.",
    wrong: """
      form: {type: object, properties: {amount: {type: string, format: decimal}}}
      prefill: {amuont: vars.amount}
      """,
    right: """
      prefill: {amount: vars.amount}
      """
  ) { subject in
    subject.workflow.steps.flatMap { step -> [Remark] in
      guard case .task(let task) = step.kind else { return [] }
      guard case .record(let record) = task.form?.celType ?? .record(Record(fields: [])), !record.isOpen else {
        return []
      }
      let known = record.fields.map(\.name)
      return task.prefill.filter { record[$0.name] == nil }.map { field in
        Remark(
          known.isEmpty ? "this task has no form" : "the form has no field '\(field.name)'",
          at: step.root + ["prefill", .key(field.name)], focus: .key,
          hint: known.isEmpty ? "add 'form'" : Spelling.hint(for: field.name, among: known, noun: "fields"))
      }
    }
  }
}
