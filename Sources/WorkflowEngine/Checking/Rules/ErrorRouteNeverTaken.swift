extension Rule {
  static let errorRouteNeverTaken = Rule(
    "W410", .warning, "error route that is never taken",
    why:
      "The first entry of `on-error` that fits is taken. Behind one without a code, or with the same code, none has its turn.",
    wrong: """
      on-error: [{then: by_hand}, {code: http.409, then: check}]
      """,
    right: """
      on-error: [{code: http.409, then: check}, {then: by_hand}]
      """
  ) { subject in
    subject.workflow.steps.flatMap { step -> [Remark] in
      var seen: Set<String> = []
      var isOver = false
      return step.onError.enumerated().compactMap { index, route in
        let isTaken = !isOver && (route.code.map { seen.insert($0).inserted } ?? true)
        if route.code == nil { isOver = true }
        return isTaken
          ? nil
          : Remark(
            "this error route is never taken", at: step.root + ["on-error", .index(index)], hint: "an earlier one wins")
      }
    }
  }
}
