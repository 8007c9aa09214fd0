import CEL
package import WorkflowEngine

/// A question that waits for an answer, as a file to be filled in by hand.
package struct InboxQuestion: Sendable, Hashable {
  package var binding: InboxBinding
  package var title: String
  package var question: Question
  package var shown: [Shown]

  /// - Returns: `nil` where it was answered, or the visit is no approval.
  package init?(_ question: Question, at visit: Visit, of instance: Instance, repository: String) {
    guard question.answer == nil, case .approval(let approval) = visit.work else { return nil }
    binding = InboxBinding(
      repository: repository, instance: instance.id, step: visit.step, visit: visit.number, level: approval.levelName,
      definition: instance.definition, question: question.number, person: question.to)
    title = instance.title
    self.question = question
    shown = approval.shown
  }

  package func bytes(answering answer: InboxAnswer? = nil) -> [UInt8] {
    var page = ProseWriter()
    answer?.write(to: &page)
    page.paragraph(
      "", "\(title): \(question.by), who decides on \(binding.instance), asks \(binding.person) something.")
    page.line("#")
    page.line("# Write your answer after 'answer:' and commit the file. It is kept for ever.")
    page.line("")
    page.line("answer:")
    page.line("")
    page.field("question", question.text)
    page.field("asked by", question.by)
    page.field("asked since", question.at)
    page.writeFacts(shown)
    page.line("")
    page.line("# Leave this as it is: it says which question you answered.")
    binding.write(to: &page)
    return Array(page.text.utf8)
  }
}
