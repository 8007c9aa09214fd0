package import WorkflowEngine

/// A request for a decision as a file to be filled in by hand, one for each person who is asked.
package struct InboxRequest: Sendable, Hashable {
  package var binding: InboxBinding
  package var title: String
  package var initiator: PersonID
  package var approval: OpenApproval
  package var visit: Visit

  /// - Parameter person: who is asked; the holder of a seat.
  /// - Returns: `nil` where the visit is no approval.
  package init?(_ visit: Visit, of instance: Instance, for person: PersonID, repository: String) {
    guard case .approval(let approval) = visit.work else { return nil }
    binding = InboxBinding(
      repository: repository, instance: instance.id, step: visit.step, visit: visit.number, level: approval.levelName,
      definition: instance.definition, shown: approval.digest, nonce: approval.nonce, person: person)
    title = instance.title
    initiator = instance.initiator
    self.approval = approval
    self.visit = visit
  }

  package func bytes(answering answer: InboxAnswer? = nil) -> [UInt8] {
    var page = ProseWriter()
    answer?.write(to: &page)
    writeInstructions(to: &page)
    page.line("decision:")
    page.line("reason:")
    page.line("")
    page.line("# What you decide on.")
    page.writeFacts(approval.shown)
    page.field("requested by", initiator)
    page.field("asked since", visit.since)
    page.field("due", ifPresent: visit.due)
    page.list("asked", approval.pool.map(\.sentence))
    page.list("excluded", approval.excluded.map { "\($0.person), because \($0.because)" })
    page.list("rule", approval.rule.sentences)
    page.list("decided so far", (approval.earlier + approval.decisions).map(\.sentence))
    page.list("questions", approval.questions.map(\.sentence))
    page.line("")
    page.line("# Leave this as it is: it says what exactly you decided on.")
    binding.write(to: &page)
    return Array(page.text.utf8)
  }

  private func writeInstructions(to page: inout ProseWriter) {
    page.paragraph("", "\(title): \(binding.instance) asks \(binding.person) for a decision (\(binding.step)).")
    page.line("#")
    page.line("# Write one of these words after 'decision:' and commit the file:")
    page.line("#")
    page.line("#     approve    you agree")
    page.line("#     reject     you do not agree")
    page.line("#     return     it goes back to be changed")
    page.line("#     ask        you want to know something first: write the question after 'reason:'")
    page.line("#")
    page.line("# What you write after 'reason:' is kept for ever. The address that you commit with says who you are.")
    page.line("")
  }
}

extension Decision {
  /// `bob approved 'manager': fine with me`
  fileprivate var sentence: String {
    "\(by) \(verdict.past) '\(level)'" + (actingFor.map { " in the place of \($0)" } ?? "")
      + (reason.map { ": \($0)" } ?? "")
  }
}

extension Question {
  /// `bob asked alice: Which hotel? alice answered: The Adler`
  fileprivate var sentence: String {
    "\(by) asked \(to): \(text)" + (answer.map { " \($0.by) answered: \($0.text)" } ?? "")
  }
}

extension ProseWriter {
  mutating func writeFacts(_ shown: [Shown]) {
    guard !shown.isEmpty else { return }
    if shown.contains(where: { $0.value.hidingSealed != $0.value }) {
      line("# What reads 'hidden' is sensitive: the page of your inbox shows it.")
    }
    block("shown") { page in
      for fact in shown { page.field(fact.label, fact.value) }
    }
  }
}
