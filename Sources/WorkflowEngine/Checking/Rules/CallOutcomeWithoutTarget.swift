extension Rule {
  static let callOutcomeWithoutTarget = Rule(
    "W802", .error, "outcome of a child without a target",
    why: """
      A `call` leaves by the outcome that the child ends with, so every outcome that the other file names needs a target here. A \
      child that is cancelled has failed (`child.failed`), unless `then` says where `cancelled` leads.
      """,
    wrong: """
      # hr/background-check ends as 'clean' or 'objections'
      check: {type: call, workflow: hr/background-check, then: {clean: hire}}
      """,
    right: """
      check: {type: call, workflow: hr/background-check, then: {clean: hire, objections: declined}}
      """
  ) { subject in
    subject.calls.filter { $0.step.each == nil }.flatMap { place -> [Remark] in
      guard let callee = place.callee else { return [] }
      let wanted = callee.endings + (place.step.expires == nil ? [] : ["expired"])
      let missing = wanted.filter { place.step.then[$0] == nil }.map { outcome in
        Remark(
          "nothing says where '\(place.step.id)' leads when \(callee.name) ends as '\(outcome)'",
          at: place.step.then.isEmpty ? place.step.root : place.step.root + ["then"], focus: .key,
          hint: "add '\(outcome): <step>' to its 'then'")
      }
      let known = wanted + ["cancelled"]
      let strange = place.step.then.keys.filter { !known.contains($0) }.sorted().map { outcome in
        Remark(
          "\(callee.name) never ends as '\(outcome)'", at: place.step.root + ["then", .key(outcome)], focus: .key,
          hint: Spelling.hint(for: outcome, among: known, noun: "outcomes"))
      }
      return missing + strange
    }
  }
}
