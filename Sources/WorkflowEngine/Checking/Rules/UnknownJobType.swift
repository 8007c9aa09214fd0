import CEL

extension Rule {
  static let unknownJobType = Rule(
    "W411", .error, "job that nobody may take",
    why: """
      `uses: job` waits for a worker outside to take the job. `workers` of `writ.yaml` says which types of jobs there are and who \
      may take them; a type that it does not list would wait for ever.
      """,
    wrong: """
      scan: {type: service, uses: job, with: {type: scan-docment, document: input.document}, then: scanned}
      """,
    right: """
      scan: {type: service, uses: job, with: {type: scan-document, document: input.document}, then: scanned}
      """
  ) { subject in
    let known = subject.settings.workers.keys.sorted()
    return subject.workflow.requests.compactMap { request in
      let service = request.request
      guard service.uses == "job" else { return nil }
      let place = request.root + ["with"]
      guard let type = service["type"] else {
        return Remark(
          "'job' needs a type", at: service.parameters.isEmpty ? request.root : place, focus: .key,
          hint: Spelling.hint(for: "", among: known, noun: "workers"))
      }
      guard case .literal(.string(let name)) = type else {
        return Remark("which type of job it is stands in the file, not in an expression", at: place + ["type"])
      }
      guard subject.settings.workers[name] == nil else { return nil }
      return Remark(
        "writ.yaml names no workers for '\(name)'", at: place + ["type"],
        hint: Spelling.hint(for: name, among: known, noun: "workers"))
    }
  }
}
