import WorkflowEngine

/// What was asked before deciding, the reader's answers, and a question of their own.
extension ApprovalPage {
  /// The questions that the reader may answer.
  var mine: [Question] {
    reader.person.map { reader.policy.questions(to: $0, in: item.visit, at: reader.now) } ?? []
  }

  var questions: Markup? {
    guard !open.questions.isEmpty else { return nil }
    return Pieces.section("questions", "Questions") {
      element("ol", .class("decisions")) {
        for question in open.questions { element("li") { words(question) } }
      }
      for question in mine { answer(question) }
    }
  }

  @MarkupBuilder private func words(_ question: Question) -> Markup {
    element("strong") { "\(reader.you(question.by).capitalized) asked \(reader.you(question.to))" }
    " "
    reader.ago(question.at)
    element("q") { question.text }
    if let answer = question.answer {
      element("p") {
        "\(reader.you(answer.by).capitalized) answered "
        reader.ago(answer.at)
        element("q") { answer.text }
      }
    } else {
      element("span", .class("quiet")) { " not answered yet" }
    }
  }

  private func answer(_ question: Question) -> Markup {
    form {
      element(
        "input", Attribute("type", "hidden"), Attribute("name", "answers"), Attribute("value", "\(question.number)"))
      element("div", .class("field")) {
        element("label", Attribute("for", "answer-\(question.number)")) { "Your answer to “\(question.text)”" }
        element(
          "textarea", .id("answer-\(question.number)"), Attribute("name", "answer"), Attribute("rows", "3"),
          Attribute("required", when: true)
        ) { "\n" }
      }
      element("button", .class("button"), Attribute("type", "submit")) { "Answer" }
    }
  }

  var ask: Markup {
    form {
      element("details", .class("more")) {
        element("summary") { "Ask a question first" }
        element("div", .class("field")) {
          element("label", Attribute("for", "question")) {
            "What do you want to know?"
            element("span", .class("note")) { " due dates go on meanwhile" }
          }
          element(
            "textarea", .id("question"), Attribute("name", "question"), Attribute("rows", "3"),
            Attribute("required", when: true)
          ) { "\n" + (problem?.texts["question"] ?? "") }
        }
        element("div", .class("field")) {
          element("label", Attribute("for", "of")) { "Of whom?" }
          element("select", .id("of"), Attribute("name", "of")) {
            for person in askable { element("option", Attribute("value", person.id)) { person.name } }
          }
        }
        element(
          "button", .class("button"), Attribute("type", "submit"), Attribute("name", "decision"),
          Attribute("value", "ask")
        ) { "Ask" }
      }
    }
  }

  /// Whoever started it first, then everybody else by name.
  private var askable: [Person] {
    let initiator = item.of.instance.initiator
    return reader.people.people.values
      .filter { !$0.isRevoked && $0.id != reader.person }
      .sorted { ($0.id == initiator ? 0 : 1, $0.name, $0.id) < ($1.id == initiator ? 0 : 1, $1.name, $1.id) }
  }

  private func form(@MarkupBuilder _ content: () -> Markup) -> Markup {
    element("form", .class("decide"), Attribute("method", "post"), Attribute("action", "/inbox/\(item.id)")) {
      content()
    }
  }
}
