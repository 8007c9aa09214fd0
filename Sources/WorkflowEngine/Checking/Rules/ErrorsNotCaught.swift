extension Rule {
  static let errorsNotCaught = Rule(
    "W405", .note, "errors that nothing catches",
    why: """
      The step is tried once and has no `on-error`: whatever goes wrong, an operator has to look after it. That may be meant; then \
      leave it.
      """,
    wrong: """
      pay: {type: service, uses: http, with: {...}, retry: {attempts: 1}, then: paid}
      """,
    right: """
      pay: {type: service, uses: http, with: {...}, retry: {attempts: 1}, on-error: [{then: pay_by_hand}], then: paid}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .service(let service) = step.kind, service.uses == "http", service.retry.attempts == 1,
        step.onError.isEmpty
      else { return nil }
      return Remark(
        "every error of '\(step.id)' becomes an incident", at: step.root, focus: .key, hint: "add 'on-error'")
    }
  }
}
