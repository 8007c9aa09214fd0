/// A length of time of a definition, with its place.
struct SpanPlace: Sendable {
  var span: TimeSpan
  var path: [PathElement]
}

extension Workflow {
  /// Every length of time that may be counted on a calendar, in the order of the file.
  var spanPlaces: [SpanPlace] {
    var places: [SpanPlace] = []
    func add(_ span: TimeSpan?, _ path: [PathElement]) {
      if let span { places.append(SpanPlace(span: span, path: path)) }
    }
    func add(_ escalations: [Escalation], _ path: [PathElement]) {
      for (index, escalation) in escalations.enumerated() {
        add(escalation.after, path + ["escalate", .index(index), "after"])
      }
    }
    add(due, ["due"])
    add(escalate, [])
    add(expires?.after, ["expires", "after"])
    for step in steps {
      add(step.due, step.root + ["due"])
      add(step.escalate, step.root)
      add(step.expires, step.approvalRoot + ["expires"])
      if case .wait(let wait) = step.kind {
        add(wait.span, step.root + ["for"])
        if case .date(_, _, let minus)? = wait.until { add(minus, step.root + ["until", "minus"]) }
      }
      guard let approval = step.approval else { continue }
      for (index, level) in approval.levels.enumerated() {
        let path = step.path(ofLevel: index, of: approval)
        if level.due != step.due { add(level.due, path + ["due"]) }
        add(level.escalate, path)
      }
    }
    return places
  }
}

extension TimeSpan {
  var isBusinessTime: Bool { if case .elapsed = self { false } else { true } }

  /// Whether it is shorter than another, where both are counted alike.
  func isShorter(than other: TimeSpan) -> Bool {
    switch (self, other) {
    case (.elapsed(let a), .elapsed(let b)): a < b
    case (.businessDays(let a), .businessDays(let b)): a < b
    case (.businessHours(let a), .businessHours(let b)): a < b
    default: false
    }
  }
}
