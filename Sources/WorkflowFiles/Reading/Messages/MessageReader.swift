import CEL
package import WorkflowEngine

/// Reads the words that a workflow has of its own in one language.
package enum MessageReader {
  /// - Parameter workflow: the definition that they stand beside, whose steps and types they are held against; `nil` for
  ///   what was checked before.
  package static func read(
    _ bytes: [UInt8], file: String, of workflow: Workflow?
  ) -> ReadFile<MessageText.ByTopic> {
    ReadFile(bytes: bytes, file: file) { reading, root in
      reading.messages(root, workflow, workflow.map { WorkflowTypes(of: $0) })
    }
  }
}

extension Reading {
  fileprivate func messages(_ root: YAMLNode, _ workflow: Workflow?, _ types: WorkflowTypes?) -> MessageText.ByTopic? {
    guard let fields = Fields(root, MessageKeys.file, in: self) else { return nil }
    readLanguage(fields)
    var texts: MessageText.ByTopic = [:]
    for occasion in MessageOccasion.allCases {
      guard let node = fields[occasion.rawValue] else { continue }
      texts[.occasion(occasion)] = message(node, on: .occasion(occasion), types)
    }
    for entry in entries(fields["steps"], "messages") where isFilled(entry) {
      if let workflow { expectNotification(entry.key, of: workflow) }
      texts[.step(entry.name)] = message(entry.value, on: .step(entry.name), types)
    }
    return texts
  }

  private func expectNotification(_ key: YAMLNode, of workflow: Workflow) {
    let ids = workflow.steps.compactMap { step in if case .notification = step.kind { step.id } else { nil } }
    guard let text = text(key), !ids.contains(text) else { return }
    report(
      .messages, "no notification step is named '\(text)'", at: key,
      hint: Spelling.nearest(to: text, among: ids).map { "did you mean '\($0)'?" })
  }

  private func message(_ node: YAMLNode, on topic: MessageTopic, _ types: WorkflowTypes?) -> MessageText? {
    guard let fields = Fields(node, MessageKeys.text, in: self), let subject = fields["subject"],
      let body = fields["body"]
    else { return nil }
    let environment = types.map { MessageText.environment(for: topic, types: $0) }
    let sentences = (body.items ?? [body]).compactMap { sentence($0, environment) }
    return sentence(subject, environment).map { MessageText(subject: $0, sentences: sentences) }
  }

  private func sentence(_ node: YAMLNode, _ environment: Environment?) -> Template? {
    guard let text = text(node) else { return nil }
    let template = template(text, in: node)
    guard let environment else { return template }
    for case .expression(let source, let start) in TemplateText.parts(of: text) {
      // What does not even parse has been said.
      guard let formula = try? Formula(source) else { continue }
      for mistake in formula.expression.check(in: environment).errors {
        let range = start + mistake.range.lowerBound..<start + mistake.range.upperBound
        report(.messages, mistake.message, at: self.source.range(of: range, in: node), hint: mistake.hint)
      }
    }
    return template
  }
}
