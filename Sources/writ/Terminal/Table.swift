/// Aligned columns. The last column is cut where the terminal ends; colours are put on after measuring.
struct Table {
  struct Cell: ExpressibleByStringInterpolation {
    var text: String
    var paint: (String) -> String = { $0 }

    init(_ text: String, _ paint: @escaping (String) -> String = { $0 }) {
      self.text = text
      self.paint = paint
    }

    init(stringLiteral text: String) { self.init(text) }
  }

  var headings: [String]
  private var rows: [[Cell]] = []

  init(_ headings: [String]) {
    self.headings = headings
  }

  mutating func add(_ row: [Cell]) {
    rows.append(row.map { Cell(Self.oneLine($0.text), $0.paint) })
  }

  func write() {
    let all = [headings.map { Cell($0, { Style.quiet($0) }) }] + rows
    let used = headings.indices.filter { column in rows.contains { !$0[column].text.isEmpty } }
    let widths = used.map { column in all.map { $0[column].text.count }.max() ?? 0 }
    for row in all { Terminal.out(Self.line(used.map { row[$0] }, widths)) }
  }

  private static func line(_ cells: [Cell], _ widths: [Int]) -> String {
    var line = ""
    var room = Terminal.width
    for (index, cell) in cells.enumerated() {
      let isLast = index == cells.count - 1
      let text = isLast ? fitted(cell.text, max(room, 12)) : cell.text
      line += cell.paint(text)
      if !isLast { line += String(repeating: " ", count: widths[index] - text.count + 2) }
      room -= widths[index] + 2
    }
    return line
  }

  static func fitted(_ text: String, _ room: Int) -> String {
    text.count <= room ? text : text.prefix(room - 1) + "…"
  }

  /// Control characters of what people wrote never reach the terminal.
  static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
