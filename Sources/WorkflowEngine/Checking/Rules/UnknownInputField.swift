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
    return subject.expressions.checked.flatMap { checked in
      checked.references.filter { $0.path.count > 1 && $0.path[0] == "input" && !names.contains($0.path[1]) }.map {
        checked.place.remark(
          known.isEmpty ? "this workflow takes no input" : "the input has no field '\($0.path[1])'", $0,
          hint: known.isEmpty
            ? "ask for it under 'input'" : Spelling.hint(for: $0.path[1], among: known, noun: "fields"))
      }
    }
  }
}
