import CEL
import Testing

@Suite("Syntax")
struct SyntaxTests {
  static let mistakes: [(source: String, says: String, range: Range<Int>)] = [
    ("", "the expression is empty", 0..<0), ("1 +", "a value is missing after '+'", 3..<3),
    ("a = 1", "'=' means nothing here; equality is written '=='", 2..<3),
    ("a & b", "'&' means nothing here; 'and' is written '&&'", 2..<3),
    ("a and b", "'and' is not expected here; 'and' is written '&&'", 2..<5),
    ("'open", "a string has no closing quote", 0..<5), ("(1", "')' is missing to close '('", 2..<2),
    ("'\\q'", "there is no such escape in a string; a backslash is written '\\\\', or the string r'...'", 1..<3),
    ("2h", "'2h' is not a number; durations are written duration('2h'), names begin with a letter", 0..<2),
    ("99999999999999999999", "the number is too large for an int", 0..<20),
    ("has(a)", "'has' asks for a field, such as has(input.note)", 4..<5),
    ("a.all(1, true)", "'all' begins with a name for each element, such as x in 'list.all(x, ...)'", 6..<7),
    ("if(a)", "'if' is a reserved word", 0..<2),
    ("Order{id: 1}", "messages are not part of this language: write a map, {'name': value}", 5..<6),
    ("ä + 1", "'ä' means nothing here", 0..<2),
  ]

  @Test("a mistake is told in a sentence, with its place", arguments: mistakes)
  func mistake(row: (source: String, says: String, range: Range<Int>)) throws {
    let error = try #require(throws: ExpressionError.self) { try CEL.Expression(parsing: row.source) }
    #expect(error.description == row.says)
    #expect(error.range == row.range)
  }

  static let references: [(source: String, paths: [String])] = [
    ("vars.amount > input.limit", ["vars.amount", "input.limit"]), ("steps.x.output.ref", ["steps.x.output.ref"]),
    ("secrets.TOKEN + 'x'", ["secrets.TOKEN"]),
    ("input.lines.all(l, l.price > vars.min)", ["input.lines", "vars.min"]),
    ("has(input.note)", ["?input.note"]), ("input.?note.orValue(vars.x)", ["?input.note", "vars.x"]),
    ("has(steps.a.output) ? steps.a.output.ref : ''", ["?steps.a.output", "?steps.a.output.ref"]),
    ("math.abs(vars.n) == int(vars.m)", ["vars.n", "vars.m"]), ("type(input.x) == int", ["input.x"]),
    ("input['a']['b']", ["input.a.b"]), ("cel.bind(x, vars.y, x.z)", ["vars.y"]),
    ("input[vars.key]", ["input", "vars.key"]),
  ]

  @Test("references are the free variables with their paths; '?' marks guarded ones", arguments: references)
  func reference(row: (source: String, paths: [String])) throws {
    let found = try CEL.Expression(parsing: row.source).references
    #expect(found.map { ($0.isGuarded ? "?" : "") + $0.path.joined(separator: ".") } == row.paths)
  }

  @Test("a reference knows its place in bytes")
  func place() throws {
    let source = "'ä' == vars.name"
    let reference = try #require(CEL.Expression(parsing: source).references.first)
    #expect(String(decoding: Array(source.utf8)[reference.range], as: UTF8.self) == "vars.name")
  }

  @Test("compiling names what is unknown")
  func unknown() throws {
    let error = try #require(throws: ExpressionError.self) {
      try CEL.Expression(parsing: "inptu.a").compile(in: Environment(variables: ["input": .dyn]))
    }
    #expect(error.description == "no variable is named 'inptu'; did you mean 'input'?")
  }
}
