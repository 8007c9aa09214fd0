package import CEL

/// A chain of levels of approvers. A step with a single level has one element in `levels`, named after the step.
package struct ApprovalStep: Sendable, Hashable {
  package var levels: [Level]
  /// What the approvers see and bind themselves to; `nil`: all input and variables.
  package var show: [Assignment]?

  package init(levels: [Level], show: [Assignment]? = nil) {
    self.levels = levels
    self.show = show
  }

  /// One group of people asked together.
  package struct Level: Sendable, Hashable {
    package var name: String
    package var approvers: [Selector]
    package var require: Requirement = .count(1)
    package var rejectWhen: RejectWhen = .any
    /// The level is skipped when this is false.
    package var when: Formula?
    package var due: TimeSpan?
    package var escalate: [Escalation] = []
    package var delegates: Delegates = .deputies
    /// Names the person whom the decision concerns, who may not take part.
    package var about: Formula?
    package var exclude: [Selector] = []
    package var separation = Separation()
    package var assurance: Assurance?

    package init(name: String, approvers: [Selector]) {
      self.name = name
      self.approvers = approvers
    }
  }

  package enum Requirement: Sendable, Hashable {
    case count(Int)
    /// Percent of the pool, 1...100, rounded up.
    case percentage(Int)
    case all
    /// One decision per selector.
    case eachGroup
  }

  package enum RejectWhen: String, Sendable, Hashable, CaseIterable {
    /// One rejection rejects.
    case any
    /// Rejected when approval has become impossible.
    case impossible
  }

  package enum Delegates: String, Sendable, Hashable, CaseIterable { case deputies, anyone, none }

  /// Loosening of the separation of duties; `because` is shown loudly in review.
  package struct Separation: Sendable, Hashable {
    package var allowsInitiator = false
    package var allowsEarlierLevels = false
    package var because: String?

    package init() {}
  }
}

/// How surely a decision is known to be the person's own, weakest first.
package enum Assurance: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The committer's e-mail names the person; nothing proves it.
  case unverified
  /// The server attests a signed-in person.
  case session
  /// Signed by the forge for a logged-in person.
  case forge
  /// The person's own signature.
  case key

  package static func < (left: Assurance, right: Assurance) -> Bool {
    allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
  }
}
