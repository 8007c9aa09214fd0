import CEL
import Testing

/// A row per behaviour: source, and what it gives in the scope below.
@Suite("Evaluation")
struct EvaluationTests {
  static let scope = Scope(
    [
      "input": ["amount": 2500, "category": "travel", "tags": ["a", "b"], "note": .null],
      "vars": ["price": .decimal(Decimal("12.50")!), "when": .timestamp(Timestamp(rfc3339: "2026-11-22T10:00:00Z")!)],
    ], now: Timestamp(rfc3339: "2026-11-22T10:00:00.123Z"))
  static let environment = Environment(variables: ["input": .dyn, "vars": .dyn, "now": .timestamp])

  static func evaluate(_ source: String, _ scope: Scope = scope) throws -> Value {
    try CEL.Expression(parsing: source).compile(in: environment).evaluate(scope)
  }

  static let truths = [
    "input.amount > 1000 && input.category in ['travel', 'other']",
    "has(input.amount) && !has(input.missing) && has(input.note) && input.note == null",
    "input.?missing.orValue('none') == 'none' && input.?amount.value() == 2500",
    "input.tags.exists(t, t == 'b') && input.tags.map(t, t + '!').join() == 'a!b!'",
    "cel.bind(x, input.amount, x + x) == 5000",
    "now == timestamp('2026-11-22T10:00:00.123Z') && now.getMilliseconds() == 123",
    "vars.when + duration('36h') > vars.when && (vars.when - vars.when) == duration('0s')",
    "vars.when.getHours('+02:00') == 12 && vars.when.getDayOfWeek() == 0",
    "vars.price * decimal('2') == decimal('25') && string(vars.price) == '12.5'",
    "div(decimal('10'), decimal('3'), 2, 'half-even') == decimal('3.33')",
    "div(decimal('-0.125'), decimal('1'), 2, 'half-even') == decimal('-0.12')",
    "'%.2f EUR'.format([vars.price]) == '12.50 EUR'",
    "[3, 1, 2].sum() == 6 && [3, 1, 2].max() == 3 && [1, 2].isSorted() && [1, 2, 1].lastIndexOf(1) == 2",
    "[decimal('0.1'), decimal('0.2')].sum() == decimal('0.3')",
    "{'a': 1, 'b': 2}.transformMap(k, v, v * 10) == {'a': 10, 'b': 20}",
    "{'a': 1}.transformMapEntry(k, v, {string(v): k}) == {'1': 'a'}",
    "[1, 2, 3].transformList(i, v, i > 0, v * i) == [2, 6]",
    "1 / 0 == 1 || true", "!(false && 1 / 0 == 1)", "dyn(1) == 1.0 && dyn(1u) == 1 && 1 < 1.5",
    "'é' != 'e\\u0301'", "size('héllo') == 5 && 'héllo'.substring(1, 3) == 'él'",
    "'a,b'.split(',') == ['a', 'b'] && 'aXbX'.replace('X', '-', 1) == 'a-bX' && ' x '.trim() == 'x'",
    "base64.decode(base64.encode(b'hi')) == b'hi' && strings.quote('a\"b') == '\"a\\\\\"b\"'",
    "math.greatest(1, 2.5, 2u) == 2.5 && math.bitShiftRight(-1, 63) == 1 && math.round(2.5) == 3.0",
    "string(1000000.0) == '1000000' && string(6.02e23) == '6.02e+23' && string(0.1) == '0.1'",
    "[1, ?optional.none(), ?optional.of(2)] == [1, 2] && {?'k': optional.none()} == {}",
    "optional.of(1).optMap(x, x + 1).orValue(0) == 2 && optional.of(1).or(optional.of(1 / 0)).value() == 1",
    "'order-42'.matches('^[a-z]+-\\\\d+$') && !'x'.matches('y')", "type(1) == int && type([]) == list",
  ]

  @Test("holds", arguments: truths)
  func truth(source: String) throws {
    #expect(try EvaluationTests.evaluate(source) == true)
  }

  static let failures: [(source: String, code: EvaluationError.Code, message: String)] = [
    ("input.amuont", .noSuchKey, "there is no 'amuont'; did you mean 'amount'?"),
    ("input.amount > 'x'", .type, "'>' compares int with string"),
    ("9223372036854775807 + 1", .overflow, "the result of '+' does not fit"),
    ("-9223372036854775808 / -1", .overflow, "the result of '/' does not fit"),
    ("1 % 0", .divideByZero, "this divides by zero"), ("[1][1]", .index, "there is no element 1 in a list of 1"),
    ("vars.price / vars.price", .type, "decimals are divided by div(x, y, digits, mode), which says how to round"),
    ("vars.price + input.amount", .type, "'+' does not go between decimal and int"),
    ("optional.none().value()", .empty, "the optional is empty: orValue() gives it a value"),
    ("timestamp('today')", .argument, "'today' is not a timestamp such as 2026-11-22T10:00:00Z, years 0001 to 9999"),
    (
      "now.getHours('Nowhere/None')", .argument,
      "no time zone is named 'Nowhere/None': write Europe/Berlin, UTC or +02:00"
    ),
    ("{'a': 1, 'a': 2}", .argument, "the key a is there twice"),
    ("input.category ? 1 : 2", .type, "the condition of '?' is a bool, not string"),
    ("decimal('1e34') + decimal('0.1')", .overflow, "the result of '+' has more than 34 digits"),
  ]

  @Test("fails in words", arguments: failures)
  func failure(row: (source: String, code: EvaluationError.Code, message: String)) throws {
    let program = try CEL.Expression(parsing: row.source).compile(in: EvaluationTests.environment)
    let error = try #require(throws: EvaluationError.self) { try program.evaluate(EvaluationTests.scope) }
    #expect(error.message == row.message)
    #expect(error.code == row.code)
  }

  static let costly = [
    "cel.bind(a, 'xxxxxxxxxxxxxxxx', "
      + String(repeating: "cel.bind(a, a + a + a + a, ", count: 20) + "a" + String(repeating: ")", count: 21),
    "cel.bind(a, [1], " + String(repeating: "cel.bind(a, [a, a], ", count: 40) + "a"
      + String(repeating: ")", count: 41),
    "cel.bind(a, [1], " + String(repeating: "cel.bind(a, [a, a], ", count: 40) + "a == a"
      + String(repeating: ")", count: 41),
    "cel.bind(l, [1,2,3,4,5,6,7,8,9,0], l.all(a, l.all(b, l.all(c, l.all(d, l.all(e, l.all(f, l.all(g, true))))))))",
    "'%.1000f'.format([1.0]).replace('0', '%.1000f'.format([1.0])).replace('0', '%.1000f'.format([1.0]))",
  ]

  @Test("what would take too long or too much is given up", arguments: costly)
  func cost(source: String) throws {
    let error = try #require(throws: EvaluationError.self) { try EvaluationTests.evaluate(source) }
    #expect(error.code == .cost)
  }

  @Test("a spent budget is not absorbed by && and ||")
  func costIsFinal() throws {
    var scope = EvaluationTests.scope
    scope.costLimit = 5
    let error = try #require(throws: EvaluationError.self) {
      try EvaluationTests.evaluate("[1, 2, 3, 4, 5, 6, 7].all(x, x > 0) || true", scope)
    }
    #expect(error.code == .cost)
  }

  @Test("a variable without a value is an error that names it")
  func missingVariable() throws {
    let error = try #require(throws: EvaluationError.self) { try EvaluationTests.evaluate("input == 1", Scope()) }
    #expect(error.message == "the variable 'input' has no value here")
  }
}
