package import CEL

/// How a finished visit is taken back, resolved when it finished.
package struct NotedUndo: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var uses: String
  package var request: ValueMap

  package init(step: StepID, visit: Int, uses: String, request: ValueMap) {
    self.step = step
    self.visit = visit
    self.uses = uses
    self.request = request
  }
}

/// The instance ends: everything open is gone, what has been done is taken back, newest first.
package struct Undoing: Sendable, Hashable {
  /// Who cancelled it; `nil` where an `end` says so.
  package var by: PersonID?
  package var reason: String?
  /// The outcome that the `end` names.
  package var outcome: Outcome?
  package var output: ValueMap

  package init(by: PersonID?, reason: String? = nil, outcome: Outcome? = nil, output: ValueMap = [:]) {
    self.by = by
    self.reason = reason
    self.outcome = outcome
    self.output = output
  }
}
