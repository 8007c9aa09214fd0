import WorkflowEngine

/// The tables of `workflows/**/<name>.<language>.messages.yaml`.
package enum MessageKeys {
  package static let file = KeyTable(
    "a file of messages",
    [.init("writ", .words(["1"]), required: true, "version of the language")]
      + MessageOccasion.allCases.map { .init($0.rawValue, .object(text), occasion($0)) }
      + [.init("steps", .map(.object(text)), "words of notification steps, by their ids")])

  static let text = KeyTable(
    "a message",
    [
      .init("subject", .template, required: true, "what stands above"),
      .init("body", .oneOf([.template, .list(.template)]), required: true, "a sentence for each fact"),
    ])

  private static func occasion(_ occasion: MessageOccasion) -> String {
    switch occasion {
    case .turn: "when something waits for somebody"
    case .reminder: "when it still does"
    case .handOver: "when it is somebody else's from now on"
    case .overdue: "when the instance takes longer than it should"
    case .question: "when somebody is asked"
    case .answer: "when a question is answered"
    }
  }
}
