extension Rule {
  static let expiresBeforeDue = Rule(
    "W503", .warning, "expiry before the promise",
    why: "The step gives up before it is even due, so `due` is never late and promises nothing.",
    wrong: """
      due: 5 business days
      expires: 2 business days
      """,
    right: """
      due: 2 business days
      expires: 5 business days
      """
  ) { subject in
    subject.workflow.steps.flatMap { step -> [Remark] in
      guard let expires = step.expires else { return [] }
      var dues = [(step.due, step.root)]
      if let approval = step.approval {
        dues += approval.levels.enumerated().map { ($1.due, step.path(ofLevel: $0, of: approval)) }
      }
      var seen: Set<[PathElement]> = []
      return dues.compactMap { due, path in
        guard let due, expires.isShorter(than: due), seen.insert(path).inserted else { return nil }
        return Remark(
          "this expires after \(expires), before it is due after \(due)", at: path + ["due"],
          related: [.init(path: step.approvalRoot + ["expires"], message: "it expires here")])
      }
    }
  }
}
