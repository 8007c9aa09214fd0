import CEL

extension Rule {
  static let unknownInputField = Rule(
    "W206", .error, "input that is not asked for",
    why:
      "`input` holds what its schema names and nothing else; what is not asked for is refused when an instance starts.",
    wrong: """
      input: {type: object, required: [amount], properties: {amount: {type: string, format: decimal}}}
      ...
      show: {Amount: input.amont}
      """,
    right: """
      show: {Amount: input.amount}
      """
  ) { subject in
    guard case .record(let record) = subject.workflow.input?.celType ?? .record(Record(fields: [])), !record.isOpen
    else {
      return []
    }
    let known = record.fields.map(\.name)
    let names = Set(known)
    return subject.remarks(onNamesOf: "input") { checked, reference, name in
      guard !names.contains(name) else { return nil }
      return checked.place.remark(
        known.isEmpty ? "this workflow takes no input" : "the input has no field '\(name)'", reference,
        hint: known.isEmpty ? "ask for it under 'input'" : Spelling.hint(for: reference, among: known, noun: "fields"))
    }
  }
}
