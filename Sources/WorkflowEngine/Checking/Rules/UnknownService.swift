extension Rule {
  static let unknownService = Rule(
    "W401", .error, "service that Writ does not know",
    why: """
      `uses` names what does the work: `http` sends a request, `run` starts a program of `writ.yaml`, `job` waits for a worker \
      outside to take it.
      """,
    wrong: """
      pay: {type: service, uses: htpp, with: {url: "${config.payments_url}"}, then: paid}
      """,
    right: """
      pay: {type: service, uses: http, with: {url: "${config.payments_url}"}, then: paid}
      """
  ) { subject in
    subject.workflow.requests.compactMap { request in
      let service = request.request
      guard !["http", "run", "job"].contains(service.uses) else { return nil }
      return Remark(
        "there is no service '\(service.uses)'", at: request.root + ["uses"],
        hint: Spelling.hint(for: service.uses, among: ["http", "run", "job"], noun: "services"))
    }
  }
}
