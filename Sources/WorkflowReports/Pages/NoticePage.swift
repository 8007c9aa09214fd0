/// A page that says why there is nothing else to see.
package struct Notice: Sendable {
  package var title: String
  package var message: String
  package var hint: String?

  package init(_ title: String, _ message: String, hint: String? = nil) {
    self.title = title
    self.message = message
    self.hint = hint
  }

  package static func gone(_ message: String) -> Notice {
    Notice("This is over", message, hint: "The inbox shows what waits for you now.")
  }

  package static let notFound = Notice(
    "Nothing here", "There is no such page, or it is not yours to see.",
    hint: "Check the address, or start from the front page.")
}

extension Page {
  package static func notice(_ notice: Notice, _ reader: Reader) -> Page {
    Page(notice.title) {
      element("div", .class("empty")) {
        element("h1") { notice.title }
        element("p", .class("lead")) { notice.message.sentence }
        if let hint = notice.hint { element("p") { hint.sentence } }
        element("p", .class("buttons")) {
          element("a", .class("button"), .href("/")) { "Front page" }
          if reader.person != nil { element("a", .class("button"), .href("/inbox")) { "Inbox" } }
        }
      }
    }
  }
}
