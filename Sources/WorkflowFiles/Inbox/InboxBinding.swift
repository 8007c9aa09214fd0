import CEL
package import WorkflowEngine

/// What exactly a person decided on or completed: the facts that a file of the inbox is bound to.
package struct InboxBinding: Sendable, Hashable {
  /// Names the record that asks.
  package var repository: String
  package var instance: InstanceID
  package var step: StepID
  package var visit: Int
  /// `nil` for a task.
  package var level: String?
  /// SHA-256 in hex of the definition's exact text.
  package var definition: String
  /// SHA-256 in hex of what was shown; `nil` for a task.
  package var shown: String?
  /// `nil` for a task.
  package var nonce: String?
  /// Number of the question that the file asks to answer.
  package var question: Int?
  /// Whose file it is.
  package var person: PersonID

  package init(
    repository: String, instance: InstanceID, step: StepID, visit: Int, level: String? = nil, definition: String,
    shown: String? = nil, nonce: String? = nil, question: Int? = nil, person: PersonID
  ) {
    self.repository = repository
    self.instance = instance
    self.step = step
    self.visit = visit
    self.level = level
    self.definition = definition
    self.shown = shown
    self.nonce = nonce
    self.question = question
    self.person = person
  }
}

extension InboxBinding {
  /// `expense-approval-42.manager_approval.1.manager`; a task's has no level.
  package var folder: String {
    "\(instance).\(step).\(visit)" + (level.map { ".\($0)" } ?? "") + (question.map { ".q\($0)" } ?? "")
  }

  /// The file on the branch `writ/inbox`: `expense-approval-42.manager_approval.1.manager/bob.yaml`.
  package var path: String { "\(folder)/\(person).yaml" }

  func write(to page: inout ProseWriter) {
    page.block("binding") { page in
      page.field("repository", repository)
      page.field("instance", instance.description)
      page.field("step", step)
      page.field("visit", Value.int(Int64(visit)))
      page.field("level", ifPresent: level)
      page.field("definition", definition)
      page.field("shown", ifPresent: shown)
      page.field("nonce", ifPresent: nonce)
      if let question { page.field("question", Value.int(Int64(question))) }
      page.field("person", person)
    }
  }

  /// Reads what stands under `binding:`; `nil` where something is missing.
  init?(_ node: YAMLNode) {
    guard let repository = node["repository"]?.text,
      let instance = (node["instance"]?.text).flatMap({ InstanceID($0) }),
      let step = node["step"]?.text, let visit = (node["visit"]?.text).flatMap({ Int($0) }),
      let definition = node["definition"]?.text, let person = node["person"]?.text
    else { return nil }
    self.init(
      repository: repository, instance: instance, step: step, visit: visit, level: node["level"]?.text,
      definition: definition, shown: node["shown"]?.text, nonce: node["nonce"]?.text,
      question: (node["question"]?.text).flatMap { Int($0) }, person: person)
  }
}
