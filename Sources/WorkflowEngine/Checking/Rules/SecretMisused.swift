import CEL

extension Rule {
  static let secretMisused = Rule(
    "W214", .error, "secret outside of 'with'",
    why: """
      A secret is put in at the last moment, by what sends the request, so that it never stands in the record. So it is named only \
      under `with`, alone in its `${...}`.
      """,
    wrong: """
      headers: {Authorization: "${'Bearer ' + secrets.PAYMENTS_TOKEN}"}
      """,
    right: """
      headers: {Authorization: "Bearer ${secrets.PAYMENTS_TOKEN}"}
      """
  ) { subject in
    subject.remarks(on: "secrets") { checked, reference in
      guard checked.place.use == .parameter else {
        return checked.place.remark("a secret can be named under 'with' only", reference)
      }
      guard !checked.place.isForWorkers(in: subject.workflow) else {
        return checked.place.remark(
          "a job is given no secrets", reference, hint: "the worker that takes it has its own")
      }
      guard checked.place.formula.secretName == nil else { return nil }
      let name = reference.path.count > 1 ? reference.path[1] : "NAME"
      return checked.place.remark(
        "a secret stands alone in its '${...}'", reference, hint: "write \"...${secrets.\(name)}...\"")
    }
  }
}

extension ExpressionPlace {
  /// In what a job outside is given, which stands in the record and in the worker's hands.
  fileprivate func isForWorkers(in workflow: Workflow) -> Bool {
    guard let step, case .service(let service) = workflow.steps[step].kind else { return false }
    return (isInUndo ? service.undo?.uses : service.uses) == "job"
  }
}
