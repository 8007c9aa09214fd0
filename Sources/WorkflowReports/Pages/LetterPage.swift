/// A message to people as HTML: each line a paragraph, an address alone in its line a link. Its style is in the document,
/// because programs that show mail fetch nothing; it says that it is at home on dark paper too.
package struct LetterPage: Sendable {
  package var subject: String
  package var body: String
  package var language: String

  package init(subject: String, body: String, language: String) {
    self.subject = subject
    self.body = body
    self.language = language
  }

  package var document: Markup {
    var document = Markup.raw("<!doctype html>")
    document.append(
      element("html", Attribute("lang", language)) {
        element("head") {
          element("meta", Attribute("charset", "utf-8"))
          element("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
          element("meta", Attribute("name", "color-scheme"), Attribute("content", "light dark"))
          element("title") { subject }
          element("style") { Markup.raw(Self.style) }
        }
        element("body") {
          element("h1") { subject }
          for line in body.split(whereSeparator: \.isNewline) { paragraph(line) }
        }
      })
    return document
  }

  private func paragraph(_ line: Substring) -> Markup {
    let isAddress = ["https://", "http://"].contains { line.hasPrefix($0) } && !line.contains { $0.isWhitespace }
    return element("p") {
      if isAddress { element("a", .href(String(line))) { line } } else { Markup(line) }
    }
  }

  private static let style: StaticString = """
    :root{color-scheme:light dark}\
    body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:0 auto;padding:24px;color:#1c1c1a;background:#fff}\
    h1{font-size:20px;line-height:1.3;margin:0 0 16px}p{margin:0 0 8px;overflow-wrap:anywhere}a{color:#0b57d0}\
    @media(prefers-color-scheme:dark){body{color:#ececea;background:#1b1b1a}a{color:#8ab4f8}}
    """
}
