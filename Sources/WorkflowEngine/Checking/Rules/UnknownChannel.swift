extension Rule {
  static let unknownChannel = Rule(
    "W318", .error, "channel that writ.yaml does not have",
    why: "Messages go through a channel of `writ.yaml`, or through `log`, which is always there.",
    wrong: """
      channel: teem
      """,
    right: """
      channel: team
      """
  ) { subject in
    let known = subject.settings.channels.keys.sorted() + ["log"]
    return subject.workflow.steps.compactMap { step in
      guard case .notification(let notification) = step.kind, let channel = notification.channel,
        !known.contains(channel)
      else { return nil }
      return Remark(
        "writ.yaml has no channel '\(channel)'", at: step.root + ["channel"],
        hint: Spelling.hint(for: channel, among: known, noun: "channels"))
    }
  }
}
