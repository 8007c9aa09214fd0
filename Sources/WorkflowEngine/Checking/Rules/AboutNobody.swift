import CEL

extension Rule {
  static let aboutNobody = Rule(
    "W223", .error, "'about' that names no person",
    why:
      "`about` keeps the person whom a decision concerns out of it. So it is the handle of a person of `people.yaml`.",
    wrong: """
      about: vars.amount
      """,
    right: """
      about: input.colleague          # {type: string, format: person}
      """
  ) { subject in
    subject.expressions.checked.compactMap { checked in
      guard checked.place.use == .about, checked.mistakes.isEmpty else { return nil }
      if !checked.type.fits(.string) {
        return Remark("this is \(checked.type.words), not a person", at: checked.place.path)
      }
      let source = checked.place.formula.source
      guard let name = source.quotedName, subject.people.people[name] == nil else { return nil }
      return Remark(
        "nobody is called '\(name)' in people.yaml", at: checked.place.path,
        hint: Spelling.nearest(to: name, among: subject.people.people.keys.sorted()).map { "did you mean '\($0)'?" })
    }
  }
}

extension String {
  /// `alice`, of the expression `'alice'`.
  fileprivate var quotedName: String? {
    guard count > 2, let quote = first, quote == "'" || quote == "\"", last == quote else { return nil }
    let name = dropFirst().dropLast()
    return name.contains(quote) ? nil : String(name)
  }
}
