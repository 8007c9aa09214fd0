import CEL

/// What a message is about, as texts for people.
package struct MessageFacts: Sendable, Hashable {
  /// As `message.…` names them.
  package enum Name: String, Sendable, Hashable, CaseIterable {
    case workflow, initiator, step, level, since, due, by, text
  }

  /// Of the instance: `expense-approval-42`.
  var id: String
  private var texts: [Name: String]

  init(id: String, _ texts: [Name: String?]) {
    self.id = id
    self.texts = texts.compactMapValues { $0 }
  }

  /// Empty where there is none.
  subscript(name: Name) -> String { texts[name] ?? "" }

  func ifPresent(_ name: Name) -> String? { texts[name] }

  /// `message` of expressions; what is not there is absent.
  var value: Value { .map(ValueMap(texts.map { ($0.key.rawValue, .string($0.value)) })) }
}
