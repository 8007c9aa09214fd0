extension Rule {
  static let nobodyIsTold = Rule(
    "W319", .warning, "message to nobody",
    why: "The selectors name nobody of today's `people.yaml`, so the message reaches nobody.",
    wrong: """
      to: [role:auditor]            # nobody holds it
      """,
    right: """
      to: [role:auditor, owner]
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .notification(let notification) = step.kind, notification.to.allSatisfy(subject.isKnown),
        subject.roster.resolve(notification.to, initiator: nil)?.isEmpty == true
      else { return nil }
      return Remark("this message reaches nobody", at: step.root + ["to"], focus: .key)
    }
  }
}
