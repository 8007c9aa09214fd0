import CEL

extension Rule {
  static let callInput = Rule(
    "W803", .error, "input that the child would refuse",
    why: """
      The child is started with what `input` says here, and its own schema judges it. What does not fit would be an incident in every \
      instance.
      """,
    wrong: """
      # hr/background-check asks for 'person'
      check: {type: call, workflow: hr/background-check, input: {name: input.person}, then: {clean: hire}}
      """,
    right: """
      check: {type: call, workflow: hr/background-check, input: {person: input.person}, then: {clean: hire}}
      """
  ) { subject in
    subject.calls.flatMap { place -> [Remark] in
      guard let callee = place.callee,
        case .record(let record) = callee.input?.celType ?? .record(Record(fields: []))
      else { return [] }
      return subject.strangers(in: place, record) + subject.absent(in: place, record, callee)
        + subject.misfits(in: place, record)
    }
  }
}

extension CheckSubject {
  /// Fields that the child does not ask for.
  fileprivate func strangers(in place: CallPlace, _ record: Record) -> [Remark] {
    guard !record.isOpen else { return [] }
    return place.call.input.filter { record[$0.name] == nil }.map { field in
      Remark(
        "\(place.call.workflow) asks for no '\(field.name)'", at: place.step.root + ["input", .key(field.name)],
        focus: .key, hint: Spelling.hint(for: field.name, among: record.fields.map(\.name), noun: "fields"))
    }
  }

  /// Fields that it needs, and that nothing fills in.
  fileprivate func absent(in place: CallPlace, _ record: Record, _ callee: Workflow) -> [Remark] {
    let filled: Record = if case .record(let filled)? = callee.input?.filledType { filled } else { record }
    let given = Set(place.call.input.map(\.name))
    let defaults = Set(filled.fields.filter(\.isRequired).map(\.name)).subtracting(
      record.fields.filter(\.isRequired).map(\.name))
    return record.fields.filter { $0.isRequired && !given.contains($0.name) && !defaults.contains($0.name) }.map {
      field in
      Remark(
        "\(place.call.workflow) needs '\(field.name)'",
        at: place.step.root + (place.call.input.isEmpty ? ["workflow"] : ["input"]), focus: .key,
        hint: "add '\(field.name): <expression>' to its 'input'")
    }
  }

  /// Fields of another type.
  fileprivate func misfits(in place: CallPlace, _ record: Record) -> [Remark] {
    place.call.input.compactMap { field in
      let path = place.step.root + ["input", .key(field.name)]
      guard let wanted = record[field.name]?.type,
        let checked = expressions.checked.first(where: { $0.place.path == path }), checked.mistakes.isEmpty,
        !checked.type.fits(wanted)
      else { return nil }
      return Remark(
        "this is \(checked.type.words), but \(place.call.workflow) wants '\(field.name)' as \(wanted.words)", at: path,
        hint: checked.type.remedy(to: wanted))
    }
  }
}
