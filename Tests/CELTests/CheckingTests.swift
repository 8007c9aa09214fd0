import CEL
import Testing

@Suite("Checking")
struct CheckingTests {
  static let input = Type.record(
    Record(fields: [
      .init(name: "amount", type: .decimal, isRequired: true), .init(name: "count", type: .int, isRequired: true),
      .init(name: "category", type: .string, isRequired: true), .init(name: "note", type: .string, isRequired: false),
      .init(name: "lines", type: .list(.record(line)), isRequired: true),
    ]))
  static let line = Record(fields: [.init(name: "price", type: .decimal, isRequired: true)])
  static let environment = Environment(
    variables: ["input": input, "vars": .map(.string, .dyn)], unguardedOptionalFields: false)

  static let mistakes: [(source: String, says: String)] = [
    ("inptu.amount", "no variable is named 'inptu'; did you mean 'input'?"),
    ("input.amuont", "there is no field 'amuont'; did you mean 'amount'?"),
    (
      "input.count > 'x'",
      "'>' compares int with string; int(...) makes a number of a text, string(...) a text of a number"
    ),
    ("input.amount > 1000", "'>' compares decimal with int; write the number as decimal('...')"),
    ("input.count + ' pieces'", "'+' does not go between int and string; make a text of the other with string(...)"),
    (
      "input.amount / input.amount",
      "'/' does not go between decimal and decimal; divide with div(x, y, digits, 'half-even'), which says how to round"
    ),
    ("input.note == ''", "'note' may be absent; ask for it with has(input.note), or read input.?note.orValue(...)"),
    ("input.count && true", "what stands at '&&' is a bool, not int"),
    ("input.category.startWith('x')", "no method is named 'startWith'; did you mean 'startsWith'?"),
    ("size(input.count)", "'size' does not take (int); it is written size(string) or size(bytes) or size(list(A))"),
    (
      "input.category.size(1)",
      "'size' takes no arguments, not 1; it is written string.size() or bytes.size() or list(A).size()"
    ),
    ("math.abbs(1)", "no function is named 'math.abbs'; did you mean 'math.abs'?"),
    ("duration('2 hours')", "'2 hours' is not a duration such as 1h30m, up to 292 years"),
    ("input.category.matches('(')", "the pattern '(' has a '(' without ')'"),
    ("input.lines.exists(l, l.prize > decimal('1'))", "there is no field 'prize'; did you mean 'price'?"),
    ("input.count.exists(x, true)", "'exists' goes over a list or a map, not int"),
    ("true ? 1 : 'x'", "the two outcomes of '?' are int and string; both must have one type; dyn(...) takes any"),
    ("input.lines['x']", "a list is indexed by int, not string"),
    (
      "input.category == null",
      "'==' compares string with null_type; only a value that may be null compares with null; has(...) asks whether it is there"
    ),
  ]

  @Test("a mistake is told in a sentence", arguments: mistakes)
  func mistake(row: (source: String, says: String)) throws {
    let result = try CEL.Expression(parsing: row.source).check(in: CheckingTests.environment)
    #expect(result.errors.map(\.description) == [row.says])
  }

  static let fine: [(source: String, type: Type)] = [
    ("input.amount * decimal('2')", .decimal), ("has(input.note) && input.note != ''", .bool),
    ("has(input.note) ? input.note : 'none'", .string), ("!has(input.note) || input.note == ''", .bool),
    ("'note' in input && input.note == ''", .bool), ("input.?note.orValue('')", .string),
    ("input.lines.map(l, l.price).sum()", .decimal),
    ("input.lines.filter(l, l.price > decimal('1'))", .list(.record(line))),
    ("vars.anything + 1", .int), ("[1, 'x']", .list(.dyn)), ("{'a': 1}", .map(.string, .int)),
    ("input['count']", .int), ("math.greatest(1, 2)", .int), ("[1, 2].min()", .int), ("type(1)", .type(.int)),
  ]

  @Test("what is right has its type", arguments: fine)
  func type(row: (source: String, type: Type)) throws {
    let result = try CEL.Expression(parsing: row.source).check(in: CheckingTests.environment)
    #expect(result.errors.isEmpty)
    #expect(result.type == row.type)
  }

  @Test("all mistakes are collected, in the order of the source")
  func all() throws {
    let result = try CEL.Expression(parsing: "inptu.a + 1 > input.amuont || nope(1)").check(
      in: CheckingTests.environment)
    #expect(result.errors.map(\.range) == [0..<5, 20..<26, 30..<34])
  }

  @Test("optional fields may be read unguarded where that is allowed")
  func lenient() throws {
    let environment = Environment(variables: ["input": CheckingTests.input])
    #expect(try CEL.Expression(parsing: "input.note == ''").check(in: environment).errors.isEmpty)
  }
}
