package import CEL
package import WorkflowEngine

/// An open task as a file to be filled in by hand: the fields of its form, with their first values.
package struct InboxTask: Sendable, Hashable {
  package var binding: InboxBinding
  package var title: String
  package var task: OpenTask
  package var visit: Visit
  package var fields: [FormField]
  package var outcomes: [Outcome]

  /// - Parameters:
  ///   - fields: the fields of the step's form.
  ///   - outcomes: what the step may be left by; `["done"]` where it has no buttons of its own.
  /// - Returns: `nil` where the visit is no task.
  package init?(
    _ visit: Visit, of instance: Instance, for person: PersonID, fields: [FormField], outcomes: [Outcome],
    repository: String
  ) {
    guard case .task(let task) = visit.work else { return nil }
    binding = InboxBinding(
      repository: repository, instance: instance.id, step: visit.step, visit: visit.number,
      definition: instance.definition, person: person)
    title = instance.title
    self.task = task
    self.visit = visit
    self.fields = fields
    self.outcomes = outcomes
  }

  package func bytes(answering answer: InboxAnswer? = nil) -> [UInt8] {
    var page = ProseWriter()
    answer?.write(to: &page)
    page.paragraph("", "\(title): \(binding.instance) asks \(binding.person) for something (\(binding.step)).")
    page.line("#")
    if isSensitive {
      page.paragraph("", "Not by a commit: \(Self.sensitive). Instead \(Self.otherDoors(binding)).")
    } else {
      writeQuestion(to: &page)
    }
    if !fields.isEmpty, !isSensitive {
      page.line("")
      page.block("fields") { page in
        for field in fields { write(field, to: &page) }
      }
    }
    page.line("")
    page.line("# What you should know.")
    page.writeFacts(task.shown)
    page.field("asked since", visit.since)
    page.field("due", ifPresent: visit.due)
    page.list("asked", task.pool)
    page.line("")
    page.line("# Leave this as it is: it says what exactly you completed.")
    binding.write(to: &page)
    return Array(page.text.utf8)
  }

  /// Why some forms are not filled in by a commit.
  package static let sensitive = "this form asks for something sensitive, and git would keep it for all to read"

  package static func otherDoors(_ binding: InboxBinding) -> String {
    "fill it in on the page of your inbox, or with 'writ complete \(binding.instance.number)'"
  }

  private var isSensitive: Bool { fields.contains(where: \.asksForSensitive) }

  private func writeQuestion(to page: inout ProseWriter) {
    if outcomes == ["done"] {
      page.line("# Fill in the fields, write yes after 'done:' and commit the file.")
      page.line("")
      page.line("done:")
    } else {
      page.paragraph("", "Fill in the fields, write one of these words after 'outcome:' and commit the file:")
      page.line("#")
      for outcome in outcomes { page.line("#     \(outcome)") }
      page.line("")
      page.line("outcome:")
    }
  }

  private func write(_ field: FormField, to page: inout ProseWriter) {
    guard !field.isReadOnly else { return }
    page.paragraph("", field.title + (field.isRequired ? " (required)" : "") + (field.help.map { ". \($0)" } ?? ""))
    let path = field.name.split(separator: ".").map(String.init)
    let value = Value.map(task.prefill)[path: path] ?? task.prefill[field.name] ?? field.fallback
    if let value, !value.isNull {
      page.field(field.name, value)
    } else {
      page.line("\(ProseWriter.scalar(field.name)):")
    }
  }
}
