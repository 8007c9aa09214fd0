import WorkflowEngine

extension Page {
  /// Whose turn it is: what waits for the reader, most urgent first.
  package static func inbox(_ items: [WorkItem], _ reader: Reader) -> Page {
    Page("Inbox", in: .inbox, isLive: true) {
      element("h1") { "Inbox" }
      if items.isEmpty {
        element("div", .class("empty")) {
          element("p", .class("lead")) { "Nothing waits for you." }
          element("p") {
            "When a process asks you for something, it stands here. Meanwhile you can look at "
            element("a", .href("/instances")) { "everything that runs" }
            "."
          }
        }
      } else {
        element("p", .class("lead")) {
          items.count == 1 ? "One thing waits for you." : "\(items.count) things wait for you."
        }
        WorkCard.list(items, reader)
      }
    }
  }
}

/// One piece of open work as a card that leads to its page.
enum WorkCard {
  /// How many facts a card shows; the page shows all.
  private static let facts = 4

  static func list(_ items: [WorkItem], _ reader: Reader) -> Markup {
    element("ul", .class("cards")) {
      for item in items { element("li", .class("card")) { card(item, reader) } }
    }
  }

  private static func kind(_ item: WorkItem, _ reader: Reader) -> String {
    guard item.isApproval else { return item.isState ? "State" : "Task" }
    let isQuestion = reader.person.map { reader.policy.isOnlyQuestioned($0, in: item.visit, at: reader.now) } ?? false
    return isQuestion ? "Question" : "Decision"
  }

  private static func card(_ item: WorkItem, _ reader: Reader) -> Markup {
    let others = item.visit.asked.filter { $0 != reader.person }
    return element("article") {
      element("p", .class("kicker")) {
        element("span", .class("kind")) { kind(item, reader) }
        " "
        element("span") { item.of.instance.id.description }
      }
      element("h3") {
        element("a", .class("cover"), .href("/inbox/\(item.id)")) { item.label }
      }
      element("p", .class("byline")) {
        item.of.instance.title
        " · from \(reader.you(item.of.instance.initiator)), "
        reader.ago(item.visit.since)
      }
      Facts.list(Array(Facts.short(item.shown).prefix(facts)), item.of.labels, reader)
      element("p", .class("tail")) {
        reader.due(item.visit.due)
        if !others.isEmpty {
          element("span", .class("quiet")) { "Also asked: \(reader.names(of: others))" }
        }
      }
    }
  }
}

extension WorkItem {
  package var isApproval: Bool { visit.approval != nil }
}
