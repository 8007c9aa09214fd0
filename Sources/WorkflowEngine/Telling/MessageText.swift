package import CEL

/// Words of a workflow's own for one topic in one language. A sentence that names what is not there is left out.
package struct MessageText: Sendable, Hashable {
  package var subject: Template
  package var sentences: [Template]

  package init(subject: Template, sentences: [Template]) {
    self.subject = subject
    self.sentences = sentences
  }

  package typealias ByTopic = [MessageTopic: MessageText]

  /// What its expressions can name.
  ///
  /// - Parameter types: those of the workflow that it belongs to.
  package static func environment(for topic: MessageTopic, types: WorkflowTypes) -> Environment {
    let facts = topic.facts.map { Record.Field(name: $0.rawValue, type: .string, isRequired: true) }
    var environment = Environment(variables: [
      "input": types.input, "vars": types.varsType, "instance": WorkflowTypes.instance,
      "config": .dyn, "message": .record(Record(fields: facts)),
      "steps": .record(
        Record(fields: types.outputs.keys.sorted().map { Record.Field(name: $0, type: .dyn, isRequired: true) })),
    ])
    environment.unguardedOptionalFields = true
    return environment
  }
}

extension MessageText {
  /// What is said, or `nil` where its subject, or all its sentences, name what is not there.
  func said(by evaluation: Evaluation) -> Words? {
    let said = sentences.compactMap { try? evaluation.text(of: $0, "body") }
    guard let subject = try? evaluation.text(of: subject, "subject"), !said.isEmpty else { return nil }
    return Words(subject, said)
  }
}

/// A message as people read it: one sentence for each fact.
struct Words: Sendable, Hashable {
  var subject: String
  var sentences: [String]

  init(_ subject: String, _ sentences: [String]) {
    self.subject = subject
    self.sentences = sentences
  }
}
