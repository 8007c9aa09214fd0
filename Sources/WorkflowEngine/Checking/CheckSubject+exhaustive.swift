import CEL

extension CheckSubject {
  /// Whether one of the conditions is true whatever the values are: one that always is, two that are each other's opposite,
  /// or one for each choice of a field of the input.
  ///
  /// - Parameter conditions: `nil` is always true.
  func isExhaustive(_ conditions: [Formula?]) -> Bool {
    guard conditions.allSatisfy({ $0 != nil }) else { return true }
    let sources = Set(conditions.compactMap { $0?.source })
    return sources.contains("true")
      || sources.contains { sources.contains("!\($0)") || sources.contains("!(\($0))") }
      || coversChoices(sources)
  }

  /// `input.kind == 'a'`, for every `a` that the field's `enum` has.
  private func coversChoices(_ sources: Set<String>) -> Bool {
    guard let input = workflow.input else { return false }
    return input.fieldNames.contains { name in
      guard let choices = input.choices(of: name), !choices.isEmpty else { return false }
      return choices.allSatisfy { choice in
        guard case .string(let text) = choice else { return false }
        return sources.contains("input.\(name) == '\(text)'") || sources.contains("input.\(name) == \"\(text)\"")
      }
    }
  }
}
