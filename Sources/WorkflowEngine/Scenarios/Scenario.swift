package import CEL

/// A story that a test tells of a workflow: how an instance starts, what people and services do, what is expected of it.
package struct Scenario: Sendable, Hashable {
  package var name: String
  /// When the story begins.
  package var at: Timestamp
  package var by: PersonID
  package var input: Value
  /// Nobody gets to start it so, and that is the whole story.
  package var refused: Refusal?
  /// What each service step gets, attempt by attempt; the last answer goes on for ever.
  package var answers: [StepID: [Answer]] = [:]
  /// What becomes of the child of each `call`, visit by visit; the last end goes on for ever.
  package var children: [StepID: [Child]] = [:]
  package var acts: [Act] = []
  package var expected = Expected()

  package init(name: String, at: Timestamp, by: PersonID, input: Value) {
    self.name = name
    self.at = at
    self.by = by
    self.input = input
  }

  /// What an outside service says to one attempt.
  package enum Answer: Sendable, Hashable {
    case done(Value)
    case fails(code: String, message: String)
  }

  /// How a child ends; it is not played itself.
  package struct Child: Sendable, Hashable {
    package var end: End
    /// How long it takes; `nil` ends it at once.
    package var after: TimeSpan?

    package enum End: Sendable, Hashable {
      case outcome(Outcome, output: ValueMap)
      /// It cannot be started.
      case refused(String)
    }

    package init(_ end: End, after: TimeSpan? = nil) {
      self.end = end
      self.after = after
    }
  }

  /// One thing that happens.
  package enum Act: Sendable, Hashable {
    /// Somebody commands something, about one item of an `each` if one is named; with `refused`, they must be refused, by
    /// this code if one is named.
    case command(Command, item: Int? = nil, refused: Refusal?)
    case advance(TimeSpan)
    case advanceTo(Timestamp)
    /// What holds meanwhile.
    case check(Expected)
  }

  package enum Refusal: Sendable, Hashable {
    case anyhow
    case by(Rejection.Code)
  }

  /// What must hold. What is not named may be anything; of variables and output only the named parts are looked at.
  package struct Expected: Sendable, Hashable {
    package var status: Instance.Status?
    package var outcome: Outcome?
    /// The steps that were entered, in order.
    package var path: [StepID]?
    /// The steps that wait now, in the order of the file.
    package var waiting: [StepID]?
    /// The steps that are stuck, with the code of what went wrong.
    package var incidents: [StepID: String]?
    package var vars: ValueMap = [:]
    package var output: ValueMap = [:]
    /// Messages that were sent, in order, each by parts.
    package var told: [Message]?

    package init() {}
  }

  package struct Message: Sendable, Hashable {
    package var step: StepID?
    package var to: [PersonID]?
    package var subject: String?

    package init(step: StepID? = nil, to: [PersonID]? = nil, subject: String? = nil) {
      self.step = step
      self.to = to
      self.subject = subject
    }
  }
}
