import Testing

@testable import WorkflowFiles

@Suite("Text with ${...}")
struct TemplateTextTests {
  @Test(
    "is split into text and expressions",
    arguments: [
      ("plain $ {text}", [TemplateText.Part.text("plain $ {text}")]), ("", []),
      ("${a}", [.expression("a", at: 2)]),
      ("é${a}b", [.text("é"), .expression("a", at: 4), .text("b")]),
      ("$${a}", [.text("${a}")]), ("$$${a}", [.text("$${a}")]),
      ("${ {'a': {'b': 1}}.a }", [.expression(" {'a': {'b': 1}}.a ", at: 2)]),
      ("${'}'}x", [.expression("'}'", at: 2), .text("x")]), (#"${"\"}"}"#, [.expression(#""\"}""#, at: 2)]),
      (#"${r'\'}x"#, [.expression(#"r'\'"#, at: 2), .text("x")]), ("${'''a'}'''}", [.expression("'''a'}'''", at: 2)]),
      ("a${b", [.text("a"), .unclosed(at: 1)]), ("${'}", [.unclosed(at: 0)]), ("${", [.unclosed(at: 0)]),
    ])
  func parts(_ text: String, _ parts: [TemplateText.Part]) {
    #expect(TemplateText.parts(of: text) == parts)
  }
}
