import Testing

@testable import WorkflowReports

@Suite("Markup")
struct MarkupTests {
  @Test(
    "text and attribute values are escaped",
    arguments: [
      ("a < b && \"c\" > 'd'", "a &lt; b &amp;&amp; &quot;c&quot; &gt; &#39;d&#39;"),
      ("tab\tand\nline", "tab\tand\nline"), ("\u{0}\u{1B}[31m", "\u{FFFD}\u{FFFD}[31m"),
      ("\u{FFFE}x\u{FFFF}", "\u{FFFD}x\u{FFFD}"), ("é 承認 👍", "é 承認 👍"), ("", ""),
    ])
  func escapes(text: String, expected: String) {
    #expect(Markup(text).string == expected)
    #expect(element("p", Attribute("title", text)) { text }.string == "<p title=\"\(expected)\">\(expected)</p>")
  }

  @Test("void elements close themselves, all others have an end tag")
  func closesElements() {
    #expect(element("br").string == "<br/>")
    #expect(element("div").string == "<div></div>")
    #expect(element("path", Attribute("d", "M0 0")).string == "<path d=\"M0 0\"/>")
  }

  @Test("statements build content")
  func builds() {
    let isOpen = true
    let markup = element("ul", .class("plain", "")) {
      for number in 1...2 { element("li") { number } }
      if isOpen { element("li") { "open" } } else { "shut" }
      Markup?.none
    }
    #expect(markup.string == "<ul class=\"plain\"><li>1</li><li>2</li><li>open</li></ul>")
  }

  @Test("an attribute without a value is left out, a present one names itself")
  func attributes() {
    let input = element(
      "input", Attribute("id", nil), Attribute("disabled", when: true), Attribute("checked", when: false))
    #expect(input.string == "<input disabled=\"disabled\"/>")
  }

  @Test(
    "an address that could run a program leads nowhere",
    arguments: [
      "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
      "vbscript:x", "blob:x", "\u{1}javascript:x",
    ])
  func refusesAddresses(address: String) {
    #expect(element("a", .href(address)).string == "<a href=\"#\"></a>")
  }

  @Test(
    "honest addresses stay",
    arguments: [
      "/a/b?c=d:e", "#step-x", "https://example.com/", "mailto:a@example.com", "../x", "a/b:c", "",
    ])
  func keepsAddresses(address: String) {
    #expect(element("a", .href(address)).string == "<a href=\"\(address)\"></a>")
  }
}
