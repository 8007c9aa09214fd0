extension MessageFacts {
  func english(_ occasion: MessageOccasion) -> Words {
    let what = "\(self[.workflow]) (\(id))"
    let due = ifPresent(.due).map { ["Due: \($0)."] } ?? []
    switch occasion {
    case .turn:
      return Words(
        "Your turn: \(self[.step])", ["\(what) waits for you.", "\(self[.initiator]) started it."] + due)
    case .reminder:
      return Words("Still waiting: \(self[.step])", ["\(what) waits for you since \(self[.since])."] + due)
    case .handOver:
      return Words("Now with you: \(self[.step])", ["\(what) waits since \(self[.since]), and is with you now."] + due)
    case .overdue:
      return Words("Still under way: \(self[.workflow])", ["\(what) runs since \(self[.since])."] + due)
    case .question:
      return Words("\(self[.by]) asks about \(self[.step])", ["\(what): a question for you.", self[.text]])
    case .answer:
      return Words("\(self[.by]) has answered your question", ["\(what): the answer.", self[.text]])
    }
  }
}
