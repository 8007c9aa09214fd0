extension Rule {
  static let doneByNotOnEveryWay = Rule(
    "W310", .error, "done-by of a step that not every way passes",
    why: "If the step has not been done yet, `done-by:` names nobody, and nobody would be asked.",
    wrong: """
      start: fix
      steps:
        fix:   {type: task, assignees: [done-by:check], then: check}      # the first time nobody has checked
        check: {type: task, assignees: [role:it], outcomes: [ok, no], then: {ok: finished, no: fix}}
      """,
    right: """
      fix: {type: task, assignees: [done-by:check, role:it], then: check}
      """
  ) { subject in
    let beside = Dictionary(subject.selectors.map { ($0.path.dropLast(), 1) }, uniquingKeysWith: +)
    let remarks = subject.selectors.lazy.compactMap { place -> Remark? in
      guard place.use == .assignees || place.use == .approvers, case .doneBy(let id) = place.innermost,
        beside[place.path.dropLast()] == 1, let done = subject.graph.index[id],
        let here = place.step.flatMap({ subject.graph.index[$0] }), subject.graph.isReachable(here),
        let start = subject.graph.starts.first, done != start || done == here,
        let way = subject.graph.way(from: start, to: { $0 == here }, around: { $0 == done && done != here })
      else { return nil }
      return Remark(
        "'\(id)' may not have been done here: \(subject.graph.words(way))", at: place.path,
        hint: "ask somebody else as well, such as a role")
    }
    return Array(remarks.prefix(CheckSubject.mostRemarks))
  }
}
