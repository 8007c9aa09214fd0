extension Rule {
  static let requireTooMany = Rule(
    "W306", .error, "more approvals required than there are people",
    why:
      "The number of people whom the level can ask is smaller than the number that must approve, so it is always blocked.",
    wrong: """
      approvers: [person:maya, person:tomas]
      require: 3
      """,
    right: """
      approvers: [person:maya, person:tomas]
      require: 2
      """
  ) { subject in
    subject.workflow.levelPlaces.compactMap { place in
      guard case .count(let wanted) = place.level.require, wanted > 1,
        place.level.approvers.allSatisfy(subject.isKnown),
        let pool = subject.roster.resolve(place.level.approvers, initiator: nil), !pool.isEmpty, pool.count < wanted
      else { return nil }
      return Remark(
        "\(wanted) must approve, and only \(pool.sorted().listed) can", at: place.path + ["require"],
        hint: "write \(pool.count), or ask more people")
    }
  }
}
