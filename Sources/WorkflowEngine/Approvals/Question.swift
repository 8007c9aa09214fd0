package import CEL

/// What somebody who decides wants to know first. It holds nothing up: due dates, escalation and `expires` go on.
package struct Question: Sendable, Hashable {
  /// 1, 2, 3 ... within the visit.
  package var number: Int
  package var level: String
  package var by: PersonID
  /// Who is asked.
  package var to: PersonID
  package var text: String
  package var at: Timestamp
  package var answer: Answer?

  package struct Answer: Sendable, Hashable {
    /// Who was asked, or covers for them.
    package var by: PersonID
    package var text: String
    package var at: Timestamp

    package init(by: PersonID, text: String, at: Timestamp) {
      self.by = by
      self.text = text
      self.at = at
    }
  }

  package init(
    number: Int, level: String, by: PersonID, to: PersonID, text: String, at: Timestamp, answer: Answer? = nil
  ) {
    self.number = number
    self.level = level
    self.by = by
    self.to = to
    self.text = text
    self.at = at
    self.answer = answer
  }
}

package struct QuestionAsked: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var level: String
  package var number: Int
  package var by: PersonID
  package var to: PersonID
  package var text: String

  package init(step: StepID, visit: Int, level: String, number: Int, by: PersonID, to: PersonID, text: String) {
    self.step = step
    self.visit = visit
    self.level = level
    self.number = number
    self.by = by
    self.to = to
    self.text = text
  }
}

package struct QuestionAnswered: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var number: Int
  package var by: PersonID
  package var text: String

  package init(step: StepID, visit: Int, number: Int, by: PersonID, text: String) {
    self.step = step
    self.visit = visit
    self.number = number
    self.by = by
    self.text = text
  }
}

extension Visit {
  /// The questions of its approval, answered or not, in order.
  package var questions: [Question] { approval?.questions ?? [] }

  /// Who has a question to answer here.
  package var questioned: [PersonID] {
    incident == nil ? questions.filter { $0.answer == nil }.map(\.to) : []
  }
}

extension Policy {
  /// Whether all that the visit wants of the person is an answer.
  package func isOnlyQuestioned(_ person: PersonID, in visit: Visit, at now: Timestamp) -> Bool {
    !visit.asked.contains(person) && !covers(person, in: visit, at: now)
      && !questions(to: person, in: visit, at: now).isEmpty
  }

  /// The open questions that the person may answer: their own, and those to somebody absent whom they cover.
  package func questions(to person: PersonID, in visit: Visit, at now: Timestamp) -> [Question] {
    guard visit.incident == nil else { return [] }
    return visit.questions.filter {
      $0.answer == nil && ($0.to == person || covers(for: $0.to, at: now).contains(person))
    }
  }
}

extension Instance {
  mutating func note(_ asked: QuestionAsked, at: Timestamp) {
    changeApproval(asked.step, asked.visit) {
      $0.questions.append(
        Question(
          number: asked.number, level: asked.level, by: asked.by, to: asked.to, text: asked.text, at: at))
    }
  }

  mutating func note(_ answered: QuestionAnswered, at: Timestamp) {
    changeApproval(answered.step, answered.visit) { open in
      guard let index = open.questions.firstIndex(where: { $0.number == answered.number }) else { return }
      open.questions[index].answer = Question.Answer(by: answered.by, text: answered.text, at: at)
    }
  }
}
