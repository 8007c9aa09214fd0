/// A selector of a definition, with its place and what it is for.
struct SelectorPlace: Sendable {
  enum Use: Sendable, Hashable {
    case start, view, operate, owner
    case assignees
    case approvers
    case exclude
    case told
    case escalation
    case move
    case sender
  }
  var selector: Selector
  var use: Use
  var path: [PathElement]
  /// The step that it stands in.
  var step: StepID?

  /// The selector without the `manager-of:` around it.
  var innermost: Selector {
    var selector = selector
    while case .managerOf(let inner) = selector { selector = inner }
    return selector
  }
}

extension Workflow {
  /// Every selector, in the order of the file.
  var selectorPlaces: [SelectorPlace] {
    var places = Self.places(access.start, .start, ["access", "start"])
    places += Self.places(access.view ?? [], .view, ["access", "view"])
    places += Self.places(access.operate ?? [], .operate, ["access", "operate"])
    if let owner { places.append(SelectorPlace(selector: owner, use: .owner, path: ["owner"])) }
    for event in events { places += Self.places(event.from, .sender, ["events", .key(event.name), "from"]) }
    places += Self.places(escalate, ["escalate"], nil)
    for step in steps { places += Self.selectorPlaces(of: step) }
    return places
  }

  static func selectorPlaces(of step: Step) -> [SelectorPlace] {
    var places: [SelectorPlace] = []
    switch step.kind {
    case .task(let task): places += self.places(task.assignees, .assignees, step.root + ["assignees"], step.id)
    case .notification(let notification): places += self.places(notification.to, .told, step.root + ["to"], step.id)
    case .state(let state):
      for move in state.moves {
        places += self.places(move.by, .move, step.root + ["moves", .key(move.name), "by"], step.id)
      }
    default: break
    }
    for (index, level) in (step.approval?.levels ?? []).enumerated() {
      guard let approval = step.approval else { break }
      let path = step.path(ofLevel: index, of: approval)
      places += self.places(level.approvers, .approvers, path + ["approvers"], step.id)
      places += self.places(level.exclude, .exclude, path + ["exclude"], step.id)
      places += self.places(level.escalate, path + ["escalate"], step.id)
    }
    return places + self.places(step.escalate, step.root + ["escalate"], step.id)
  }

  private static func places(
    _ selectors: [Selector], _ use: SelectorPlace.Use, _ path: [PathElement], _ step: StepID? = nil
  ) -> [SelectorPlace] {
    selectors.enumerated().map { SelectorPlace(selector: $1, use: use, path: path + [.index($0)], step: step) }
  }

  private static func places(_ escalations: [Escalation], _ path: [PathElement], _ step: StepID?) -> [SelectorPlace] {
    escalations.enumerated().flatMap { index, escalation -> [SelectorPlace] in
      switch escalation.action {
      case .remind: []
      case .add(let people): places(people, .escalation, path + [.index(index), "add"], step)
      case .handOver(let people): places(people, .escalation, path + [.index(index), "hand-over"], step)
      }
    }
  }
}
