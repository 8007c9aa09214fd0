import Testing

@testable import WorkflowReports

@Suite("Lettering")
struct LetteringTests {
  private func lines(_ text: String, width: Double, lines: Int = 2) -> [String] {
    Lettering(text, in: .regular, size: 10, width: width, lines: lines).lines
  }

  @Test("breaks at blanks and says with an ellipsis that there is more")
  func breaks() {
    #expect(lines("Approve the expense", width: 200) == ["Approve the expense"])
    #expect(lines("Approve the expense", width: 60) == ["Approve the", "expense"])
    #expect(lines("Approve the expense of the year", width: 60) == ["Approve the", "expense of…"])
    #expect(lines("manager_approval", width: 50) == ["manager_", "approval"])
    #expect(lines("   ", width: 50) == [])
    #expect(lines("Incomprehensibilities", width: 50) == ["Incompr…"])
  }

  @Test("no line is wider than allowed", arguments: 1...40)
  func fits(seed: UInt64) {
    var dice = Dice(state: seed)
    let text = String((0..<dice.roll(300)).map { _ in Array("abW m-_.é承👍\n<")[dice.roll(13)] })
    let lettering = Lettering(text, in: .bold, size: 14, width: 150, lines: 2)
    #expect(lettering.lines.count <= 2)
    #expect(lettering.width <= 150)
  }
}
