/// A whole document: what all pages share around what is theirs.
package struct Page: Sendable {
  package enum Section: String, Sendable, CaseIterable {
    case home, inbox, instances, deployments
  }

  package var title: String
  package var section: Section?
  /// Whether the page looks at the record again when it changes.
  package var isLive: Bool
  package var body: Markup

  package init(_ title: String, in section: Section? = nil, isLive: Bool = false, @MarkupBuilder body: () -> Markup) {
    self.title = title
    self.section = section
    self.isLive = isLive
    self.body = body()
  }

  package func document(for reader: Reader) -> Markup {
    var document = Markup.raw("<!doctype html>")
    document.append(
      element("html", Attribute("lang", "en")) {
        head(reader)
        element("body") {
          element("a", .class("skip"), .href("#main")) { "Skip to the content" }
          banner(reader)
          element("main", .id("main"), Attribute("data-live", when: isLive)) { body }
          footer(reader)
        }
      })
    return document
  }

  private func head(_ reader: Reader) -> Markup {
    element("head") {
      element("meta", Attribute("charset", "utf-8"))
      element("title") { "\(title) · \(reader.site)" }
      element("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
      element("link", Attribute("rel", "icon"), .href("/assets/icon.svg"), Attribute("type", "image/svg+xml"))
      element("link", Attribute("rel", "stylesheet"), .href("/assets/writ.css"))
      element("script", Attribute("type", "module"), Attribute("src", "/assets/page.js"))
    }
  }

  private func banner(_ reader: Reader) -> Markup {
    element("header", .class("banner")) {
      element("a", .class("site"), .href("/")) { reader.site }
      element("nav", Attribute("aria-label", "Main")) {
        element("ul") {
          item(.inbox, "/inbox") {
            "Inbox"
            if reader.waiting > 0 {
              element("span", .class("count")) {
                reader.waiting
                element("span", .class("unseen")) { " waiting for you" }
              }
            }
          }
          item(.instances, "/instances") { "Instances" }
          item(.deployments, "/deployments") { "Deployments" }
        }
      }
      element("p", .class("who")) {
        reader.person.map { person in element("span") { reader.name(of: person) } }
          ?? element("span", .class("unknown")) { "Not in people.yaml" }
      }
    }
  }

  private func item(_ section: Section, _ address: String, @MarkupBuilder content: () -> Markup) -> Markup {
    element("li") {
      element(
        "a", .href(address), Attribute("aria-current", section == self.section ? "page" : nil), content: content)
    }
  }

  private func footer(_ reader: Reader) -> Markup {
    element("footer", .class("foot")) {
      element("p") {
        "Times are in \(reader.zoneName). As of "
        reader.at(reader.now)
        "."
        element("span", .id("live"), Attribute("role", "status"))
      }
    }
  }
}
