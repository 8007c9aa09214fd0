package import CEL

/// What `on-event` listens for from now on: of a visit, or of the whole instance.
package struct Listened: Sendable, Hashable {
  /// `nil`: the instance's own.
  package var visit: VisitID?
  package var channels: [Listening]

  package init(visit: VisitID?, channels: [Listening]) {
    self.visit = visit
    self.channels = channels
  }
}

/// A message has reached the instance. What it does follows in the next event.
package struct Received: Sendable, Hashable {
  /// The message's number in the repository.
  package var message: Int
  package var event: String
  package var key: String?
  package var source: String?
  package var id: String?
  package var by: PersonID
  /// The visit that it reached; `nil`: the instance's own `on-event`.
  package var visit: VisitID?
  /// Null where the payload stands in the output of the visit that ends by it.
  package var payload: Value

  package init(
    message: Int, event: String, key: String?, source: String?, id: String?, by: PersonID, visit: VisitID?,
    payload: Value
  ) {
    self.message = message
    self.event = event
    self.key = key
    self.source = source
    self.id = id
    self.by = by
    self.visit = visit
    self.payload = payload
  }
}

/// A side token: it begins in a frame of its own, beside what goes on, and reaches no join.
package struct SideBegun: Sendable, Hashable {
  package var frame: Int
  package var token: Int
  package var to: StepID
  /// The branch beside which it goes.
  package var parent: Frame.Parent

  package init(frame: Int, token: Int, to: StepID, parent: Frame.Parent) {
    self.frame = frame
    self.token = token
    self.to = to
    self.parent = parent
  }
}
