package import WorkflowEngine

/// What a person wrote into a file of the inbox that is no decision of theirs.
package struct InboxRemark: Sendable, Hashable {
  package enum Act: Sendable, Hashable {
    /// `ask`, or `ask tomas`; nobody named: the initiator.
    case ask(PersonID?)
    case answer
    /// By the initiator, in anybody's file of the request.
    case withdraw
    /// By an operator, in anybody's file of the request.
    case reopen
  }
  package var binding: InboxBinding
  package var act: Act
  /// The question, the answer, or why.
  package var text: String?

  package init(binding: InboxBinding, act: Act, text: String?) {
    self.binding = binding
    self.act = act
    self.text = text
  }

  /// The same in the engine's words.
  package var command: Command.Action {
    let (step, visit) = (binding.step, binding.visit)
    return switch act {
    case .ask(let person): .ask(text ?? "", of: person, step: step, visit: visit)
    case .answer: .answer(text ?? "", question: binding.question, step: step, visit: visit)
    case .withdraw: .withdraw(step: step, visit: visit, reason: text)
    case .reopen: .reopen(step: step, visit: visit, reason: text)
    }
  }
}

extension InboxRemark.Act {
  /// Reads what follows `decision:`; `nil` where it is none of these.
  init?(_ text: String) {
    let words = InboxWords.folded(text).split(separator: " ").map { InboxWords.folded(String($0)).filter { $0 != "?" } }
    switch (words.first, words.count) {
    case ("ask", 1), ("asks", 1), ("question", 1): self = .ask(nil)
    case ("ask", 2), ("asks", 2): self = .ask(words[1])
    case ("withdraw", 1), ("withdrawn", 1): self = .withdraw
    case ("reopen", 1), ("reopened", 1): self = .reopen
    default: return nil
    }
  }
}
