package import CEL

/// A move that a state offers: who may make it was resolved when the state was entered.
package struct Offer: Sendable, Hashable {
  package var move: String
  /// Which of the state's moves, from 0: several may share a name, and the first true one wins.
  package var index: Int
  /// `nil`: nobody, only the event of this name.
  package var pool: [PersonID]?

  package init(move: String, index: Int, pool: [PersonID]?) {
    self.move = move
    self.index = index
    self.pool = pool
  }
}

/// A state was entered, and offers its moves.
package struct StateOpened: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var offers: [Offer]
  package var due: Timestamp?
  package var timers: [Timer]

  package init(step: StepID, visit: Int, offers: [Offer], due: Timestamp?, timers: [Timer]) {
    self.step = step
    self.visit = visit
    self.offers = offers
    self.due = due
    self.timers = timers
  }
}

/// A move was made that keeps the visit and its timers.
package struct Stayed: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var move: String
  package var by: PersonID
  package var output: Value
  /// Variables that `set` wrote.
  package var vars: ValueMap
  /// Variables that `set` left without a value.
  package var unset: [String]

  package init(
    step: StepID, visit: Int, move: String, by: PersonID, output: Value, vars: ValueMap, unset: [String] = []
  ) {
    self.step = step
    self.visit = visit
    self.move = move
    self.by = by
    self.output = output
    self.vars = vars
    self.unset = unset
  }
}
