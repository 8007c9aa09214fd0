extension Rule {
  static let separationLoosened = Rule(
    "W314", .note, "separation of duties loosened",
    why: """
      The initiator, or somebody who has decided on an earlier level, may decide here. The file gives a reason; whoever reviews it \
      should see it every time.
      """,
    wrong: """
      separation: {initiator: allow, because: The board has only two members.}
      """,
    right: """
      # no 'separation': persons are kept apart
      """
  ) { subject in
    subject.workflow.levelPlaces.compactMap { place in
      let separation = place.level.separation
      guard separation.allowsInitiator || separation.allowsEarlierLevels else { return nil }
      let who = [
        separation.allowsInitiator ? "the initiator" : nil,
        separation.allowsEarlierLevels ? "who decided on an earlier level" : nil,
      ].compactMap { $0 }.joined(separator: ", and ")
      return Remark(
        "\(who) may decide here" + (separation.because.map { ", because: \($0)" } ?? ""),
        at: place.path + ["separation"], focus: .key)
    }
  }
}
