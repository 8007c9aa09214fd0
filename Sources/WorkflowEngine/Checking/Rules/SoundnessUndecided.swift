extension Rule {
  static let soundnessUndecided = Rule(
    "W122", .note, "not decided",
    why: """
      The workflow forks so often that the states of its tokens could not be explored within the checker's budget. What it says of \
      other joins holds; of the joins that are left it says nothing.
      """,
    wrong: """
      # tens of thousands of steps inside forks inside forks
      """,
    right: """
      # smaller workflows that call each other
      """
  ) { subject in
    guard !subject.soundness.isDecided else { return [] }
    return [
      Remark("whether every join gets its branches was not decided within the budget", at: ["steps"], focus: .key)
    ]
  }
}
