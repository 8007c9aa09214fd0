import CEL

/// Asking before deciding. A question is put to one person, who then may see the instance and answer, once.
extension Turn {
  /// A visit keeps at most so many: the head of an instance stays small.
  private static let mostQuestions = 100
  private static let longestText = 4_000

  mutating func ask(_ text: String, of person: PersonID?, step: StepID?, visit: Int?) throws(Rejection) {
    let me = command.principal
    let (visit, open) = try openApproval(step: step, visit: visit) { _, open in seat(of: me, in: open) != nil }
    guard seat(of: me, in: open) != nil else {
      throw Rejection(
        .notAllowed, "\(me) is not asked at level '\(open.levelName)', so has no question to put",
        hint: "a comment says something without asking")
    }
    try refuseHearsay(open)
    let to = person ?? state.initiator
    guard context.policy.isActive(to) else {
      throw Rejection(
        .invalid, "nobody is called '\(to)' in people.yaml", hint: person == nil ? "say whom you ask" : nil)
    }
    guard to != me else { throw Rejection(.invalid, "\(me) would ask themselves") }
    guard open.questions.count < Self.mostQuestions else {
      throw Rejection(.conflict, "'\(visit.step)' of \(state.id) has had \(Self.mostQuestions) questions already")
    }
    let text = try worded(text, as: "a question")
    let asked = QuestionAsked(
      step: visit.step, visit: visit.number, level: open.levelName, number: open.questions.count + 1, by: me, to: to,
      text: text)
    emit(.questionAsked(asked))
    tell(.question, text, to: to, visit)
  }

  mutating func answer(_ text: String, question: Int?, step: StepID?, visit: Int?) throws(Rejection) {
    let me = command.principal
    let (visit, open) = try openApproval(step: step, visit: visit) { visit, _ in
      !context.policy.questions(to: me, in: visit, at: context.now).isEmpty
    }
    try refuseHearsay(open)
    let asked = try self.open(question, to: me, in: visit)
    let text = try worded(text, as: "an answer")
    emit(
      .questionAnswered(
        QuestionAnswered(step: visit.step, visit: visit.number, number: asked.number, by: me, text: text)))
    tell(.answer, text, to: asked.by, visit)
  }

  private func open(_ number: Int?, to me: PersonID, in visit: Visit) throws(Rejection) -> Question {
    if let number {
      guard let asked = visit.questions.first(where: { $0.number == number }) else {
        throw Rejection(.notFound, "'\(visit.step)' of \(state.id) has no question \(number)")
      }
      if let answer = asked.answer { throw Rejection(.closed, "\(answer.by) has already answered question \(number)") }
    }
    let mine = context.policy.questions(to: me, in: visit, at: context.now)
      .filter { number == nil || $0.number == number }
    guard let asked = mine.first else {
      let others = visit.questioned.joined(separator: ", ")
      throw Rejection(
        .notAllowed, "no question at '\(visit.step)' of \(state.id) waits for an answer of \(me)",
        hint: others.isEmpty ? nil : "asked are: \(others)")
    }
    guard mine.count == 1 else {
      throw Rejection(
        .ambiguous, "\(mine.count) questions wait for \(me)",
        hint: "name one of \(mine.map { String($0.number) }.joined(separator: ", "))")
    }
    return asked
  }

  private func worded(_ text: String, as what: String) throws(Rejection) -> String {
    let text = text.trimmingSpaces
    guard !text.isEmpty else { throw Rejection(.invalid, "\(what) has words") }
    guard text.utf8.count <= Self.longestText else {
      throw Rejection(.invalid, "\(what) has at most \(Self.longestText) bytes")
    }
    return text
  }

  private mutating func tell(_ occasion: MessageOccasion, _ text: String, to person: PersonID, _ visit: Visit) {
    let people = ([person] + context.policy.covers(for: person, at: context.now))
      .filter { context.policy.channel(of: $0) != nil }
    guard !people.isEmpty else { return }
    tell(
      people, by: nil,
      Notice(
        id: "\(state.id).\(visit.step).\(visit.number).n\(state.events)", step: visit.step,
        topic: .occasion(occasion), facts: [.by: context.policy.name(of: command.principal), .text: text]))
  }
}
