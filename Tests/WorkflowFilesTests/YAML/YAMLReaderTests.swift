import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Reading YAML")
struct YAMLReaderTests {
  private func read(_ text: String) throws -> (YAMLNode, SourceText) {
    let document = YAMLReader.read(Array(text.utf8), file: "a.yaml")
    #expect(document.findings.isEmpty)
    return (try #require(document.root), document.source)
  }

  @Test("keeps what was typed", arguments: ["no", "on", "1.10", "22:22", "~", "null", "0x1F", "1e3", "2026-01-01"])
  func typed(_ text: String) throws {
    let (root, _) = try read("a: \(text)")
    #expect(root["a"]?.text == text)
  }

  @Test("keeps the author's order")
  func order() throws {
    let (root, _) = try read("b: 1\na: 2\nc: {z: 1, y: 2}")
    #expect(root.entries?.map(\.name) == ["b", "a", "c"])
    #expect(root["c"]?.entries?.map(\.name) == ["z", "y"])
  }

  @Test("knows the place of every value", arguments: ["\n", "\r\n", "\r"])
  func places(lineBreak: String) throws {
    let (root, source) = try read(
      "# é\na: b\nüü: {c: 'dé', e: f}\nlist:\n  - x\n  - y: z\n".replacing("\n", with: lineBreak))
    func place(_ node: YAMLNode?) throws -> [Int] {
      let span = try #require(node).span
      let (start, end) = (source.position(at: span.lowerBound), source.position(at: span.upperBound))
      return [start.line, start.column, end.line, end.column]
    }
    #expect(try place(root) == [2, 1, 6, 9])
    #expect(try place(root["a"]) == [2, 4, 2, 5])
    #expect(try place(root["üü"]) == [3, 5, 3, 20])
    #expect(try place(root["üü"]?["c"]) == [3, 9, 3, 13])
    #expect(try place(root["üü"]?["e"]) == [3, 18, 3, 19])
    #expect(try place(root["list"]) == [5, 3, 6, 9])
    #expect(try place(root["list"]?.items?[1]["y"]) == [6, 8, 6, 9])
    #expect(source.text(try #require(root["üü"]).span) == "{c: 'dé', e: f}")
  }

  @Test("allows a byte order mark and does not count it")
  func byteOrderMark() throws {
    let (root, source) = try read("\u{FEFF}a: b")
    #expect(source.position(at: try #require(root["a"]).span.lowerBound).column == 4)
    let (more, text) = try read("\u{FEFF}a: b\nö: {c: ü}\nd: e\n")
    #expect(more["d"]?.text == "e")
    #expect(text.position(at: try #require(more["ö"]?["c"]).span.lowerBound).column == 8)
  }

  @Test("allows a leading '---' and a closing '...'")
  func documentMarks() throws {
    let (root, _) = try read("---\na: b\n...\n")
    #expect(root["a"]?.text == "b")
  }

  @Test("knows how a scalar is written")
  func styles() throws {
    let (root, _) = try read("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >\n  x\n")
    let styles = root.entries?.map(\.value.style)
    #expect(styles == [.plain, .singleQuoted, .doubleQuoted, .literal, .folded])
  }

  struct Written: Sendable {
    var yaml: String
    var word = "WORD"
  }

  @Test(
    "finds a word of a scalar's text in the file",
    arguments: [
      "a: WORD", "a: one WORD two", "a: 'it''s a WORD'", #"a: "é \"\t\u00e9\U0001F389 WORD""#, "a: ééé WORD",
      "a: one\n  two\n  WORD three", "a: one\n\n\n  two WORD", "a: 'one\n  two\n\n  WORD'",
      "a: \"one \\\n   two WORD\"",
      "a: |\n  one\n    two\n\n  three WORD\n", "a: |2\n   one\n  WORD\n", "a: >\n  one\n  two\n\n  three\n  WORD\n",
      "a: >-  # why\n  one\n   more\n  two WORD", "a: |\n\n\n  WORD", "a: \"one\n  \\  two WORD\"",
    ])
  func words(_ yaml: String) throws {
    let (root, source) = try read(yaml)
    let node = try #require(root["a"])
    let text = try #require(node.text)
    let before = try #require(text.ranges(of: "WORD").first).lowerBound
    let start = text.utf8.distance(from: text.startIndex, to: before)
    #expect(source.text(source.range(of: start..<start + 4, in: node)) == "WORD", "\(text)")
  }

  @Test("knows the path to what stands at an offset")
  func paths() throws {
    let text = "steps:\n  pay:\n    to: [a, b]\n  paid: {type: end}\n"
    let (root, _) = try read(text)
    func path(_ word: String) throws -> [PathElement] {
      let place = try #require(text.ranges(of: word).first).lowerBound
      return root.path(at: text.utf8.distance(from: text.startIndex, to: place))
    }
    #expect(try path("pay:") == ["steps", "pay"])
    #expect(try path("b]") == ["steps", "pay", "to", 1])
    #expect(try path("type") == ["steps", "paid", "type"])
    #expect(root.path(at: 1_000) == [])
  }

  @Test("places a diagnostic as far along its path as the file goes")
  func locating() throws {
    let document = YAMLReader.read(Array("steps:\n  pay:\n    then: paid\n".utf8), file: "a.yaml")
    func columns(_ path: [PathElement], _ focus: Diagnostic.Focus) -> [Int?] {
      let place = document.locate(Diagnostic("W000", .error, "wrong", at: path, focus: focus)).place
      return [place.start?.line, place.start?.column, place.end?.column]
    }
    #expect(columns(["steps", "pay", "then"], .value) == [3, 11, 15])
    #expect(columns(["steps", "pay", "then"], .key) == [3, 5, 9])
    #expect(columns(["steps", "pay", "then"], .range(1..<3)) == [3, 12, 14])
    #expect(columns(["steps", "pay", "title"], .value) == [2, 3, 6])
    #expect(columns(["vars"], .value) == [nil, nil, nil])
  }
}
