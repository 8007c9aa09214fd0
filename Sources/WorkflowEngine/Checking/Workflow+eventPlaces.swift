/// Where a workflow names an event that it waits for.
struct EventPlace: Sendable {
  var event: String
  var path: [PathElement]
  var focus = Diagnostic.Focus.value
}

extension Workflow {
  /// In the order of the file: waits, `on-event`, and moves that only an event makes.
  var eventPlaces: [EventPlace] {
    Self.eventPlaces(of: onEvent, []) + steps.flatMap(\.eventPlaces)
  }

  fileprivate static func eventPlaces(of handlers: [EventHandler], _ root: [PathElement]) -> [EventPlace] {
    handlers.enumerated().map { EventPlace(event: $1.event, path: root + ["on-event", .index($0), "event"]) }
  }
}

extension Step {
  fileprivate var eventPlaces: [EventPlace] {
    var places: [EventPlace] = []
    switch kind {
    case .wait(let wait): if let event = wait.event { places.append(EventPlace(event: event, path: root + ["event"])) }
    case .state(let state):
      var seen: Set<String> = []
      for move in state.moves where move.by.isEmpty && seen.insert(move.name).inserted {
        places.append(EventPlace(event: move.name, path: root + ["moves", .key(move.name)], focus: .key))
      }
    default: break
    }
    return places + Workflow.eventPlaces(of: onEvent, root)
  }
}
