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
    subject.selectors.compactMap { place in
      guard place.use == .assignees || place.use == .approvers, case .doneBy(let id) = place.innermost,
        let done = subject.graph.index[id], let here = place.step.flatMap({ subject.graph.index[$0] }),
        subject.graph.isReachable(here), subject.isOnlySelector(place),
        done != subject.graph.starts.first || done == here,
        let start = subject.graph.starts.first,
        let way = subject.graph.way(from: start, to: { $0 == here }, around: { $0 == done && done != here })
      else { return nil }
      return Remark(
        "'\(id)' may not have been done here: \(subject.graph.words(way))", at: place.path,
        hint: "ask somebody else as well, such as a role")
    }
  }
}

extension CheckSubject {
  /// Whether no other selector stands beside it.
  fileprivate func isOnlySelector(_ place: SelectorPlace) -> Bool {
    !selectors.contains { $0.path != place.path && $0.use == place.use && $0.path.dropLast() == place.path.dropLast() }
  }
}
