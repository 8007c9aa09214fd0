package import CEL

/// The instance goes on under a later version of its workflow. Everything that this does to it stands here: tasks and
/// approvals open anew in the events that follow, what else was open goes on.
package struct Migrated: Sendable, Hashable {
  /// An operator, or whoever deployed the version.
  package var by: PersonID
  package var reason: String?
  /// Where the definition has another name than before.
  package var workflow: String?
  package var version: Int
  /// SHA-256 of the new definition's exact text, in hex.
  package var definition: String
  package var title: String
  /// Steps that have another name now, old to new: of those that the instance has been at.
  package var renamed: [StepID: StepID] = [:]
  /// What stood at a step that is still there, and goes on at another: old to new.
  package var moved: [StepID: StepID] = [:]
  /// Visits that ended; their tokens are ready to enter their steps again.
  package var reopened: [VisitID] = []
  package var kept: [KeptVisit] = []
  /// Branches that ended with what was in them.
  package var dropped: [Frame.Parent] = []
  package var cancelled: [VisitID] = []
  /// Approvals that it never had and that lie behind it now; the definition says that they may be passed.
  package var passed: [StepID] = []
  /// Variables that `set` wrote, and those that the new definition does not have.
  package var vars: ValueMap = [:]
  package var unset: [String] = []
  /// The instance's own that are left.
  package var timers: [Timer] = []

  /// The step at which what stood at an old one goes on.
  package func place(of step: StepID) -> StepID { moved[step] ?? renamed[step] ?? step }

  package init(by: PersonID, reason: String?, version: Int, definition: String, title: String) {
    self.by = by
    self.reason = reason
    self.version = version
    self.definition = definition
    self.title = title
  }
}

/// A visit that goes on: a job, a wait, a call.
package struct KeptVisit: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  /// Its number from now on; another one where the step has another name.
  package var number: Int
  /// Those that are left, at their instants.
  package var timers: [Timer]

  package init(step: StepID, visit: Int, number: Int, timers: [Timer]) {
    self.step = step
    self.visit = visit
    self.number = number
    self.timers = timers
  }
}
