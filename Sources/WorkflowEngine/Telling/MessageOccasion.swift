/// What Writ itself has to tell people.
package enum MessageOccasion: String, Sendable, Hashable, CaseIterable {
  /// Something waits for them.
  case turn
  /// It still does.
  case reminder
  /// It was somebody else's, and is theirs now.
  case handOver = "hand-over"
  /// The instance as a whole takes longer than it should.
  case overdue
  /// They are asked before somebody decides.
  case question
  /// What they asked is answered.
  case answer

  /// What a text can name as `message.…`.
  package var facts: [MessageFacts.Name] {
    switch self {
    case .turn, .reminder, .handOver: [.workflow, .initiator, .step, .level, .since, .due]
    case .overdue: [.workflow, .initiator, .since, .due]
    case .question, .answer: [.workflow, .initiator, .step, .level, .due, .by, .text]
    }
  }
}

/// What a text of a workflow's own is about.
package enum MessageTopic: Sendable, Hashable {
  case occasion(MessageOccasion)
  /// A notification step.
  case step(StepID)

  package var facts: [MessageFacts.Name] {
    switch self {
    case .occasion(let occasion): occasion.facts
    case .step: [.workflow, .initiator]
    }
  }
}
