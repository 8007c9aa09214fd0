extension Rule {
  static let retryOfUnknownEffect = Rule(
    "W404", .warning, "retry that is not tried",
    why: """
      A POST or PATCH whose answer did not come may have had its effect. It is tried again only if the step says that doing it \
      twice does no harm: `idempotent: true`.
      """,
    wrong: """
      with: {method: POST, url: "${config.payments_url}/transfers"}
      retry: {attempts: 5}
      """,
    right: """
      with: {method: POST, url: "${config.payments_url}/transfers"}
      idempotent: true
      retry: {attempts: 5}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .service(let service) = step.kind, service.uses == "http", !service.idempotent,
        service.retry != Retry(),
        let method = service.method, ["POST", "PATCH"].contains(method.uppercased())
      else { return nil }
      return Remark(
        "a \(method) whose effect is not known is not tried again", at: step.root + ["retry"], focus: .key,
        hint: "write 'idempotent: true' if doing it twice does no harm")
    }
  }
}
