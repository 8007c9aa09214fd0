import CEL
import Foundation
import Testing

/// What the specification of CEL and of its extensions says of JSON's shapes, a line each in `Specification/*.cases`:
///
///     'tacocat'.charAt(3) => 'o'
///     'tacocat'.charAt(30) => error
@Suite("As CEL's specification says")
struct SpecificationTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Specification")

  static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

  @Test("cases", arguments: files)
  func cases(file: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    for line in text.split(separator: "\n") {
      let parts = line.components(separatedBy: " => ")
      #expect(parts.count == 2, "\(line)")
      let given = Self.value(parts[0])
      if parts[1] == "error" {
        #expect(given == nil, "\(line)")
      } else {
        #expect(given != nil && given == Self.value(parts[1]), "\(line), gave \(given.map { "\($0)" } ?? "an error")")
      }
    }
  }

  /// nil: it is refused, or has no value.
  private static func value(_ source: String) -> Value? {
    guard let expression = try? CEL.Expression(parsing: source) else { return nil }
    guard expression.check(in: Environment()).errors.isEmpty else { return nil }
    return try? expression.compile(in: Environment()).evaluate(Scope([:], zones: SystemZones.rules))
  }

  @Test(
    "types are deduced",
    arguments: [
      ("[[], [[]], [[[]]], [[[[]]]]]", "list(list(list(list(list(dyn)))))"),
      ("[[[[[]]]], [], [[[]]]]", "list(list(list(list(list(dyn)))))"),
      ("[optional.none(), optional.of(1)]", "list(optional(int))"),
      ("[optional.of(1), optional.none()]", "list(optional(int))"),
      ("[optional.of(1), optional.of(dyn(1))]", "list(optional(dyn))"),
      ("[optional.of(dyn(1)), optional.of(1)]", "list(optional(dyn))"),
      ("true ? optional.of(dyn(1)) : optional.of(1)", "optional(dyn)"),
      ("true ? optional.of(1) : optional.of(dyn(1))", "optional(dyn)"),
      ("[1, 'a']", "list(dyn)"), ("[1, 2u]", "list(dyn)"), ("[1, dyn('a')]", "list(dyn)"),
      ("{'a': 1, 'b': 'c'}", "map(string, dyn)"), ("{}", "map(dyn, dyn)"), ("[]", "list(dyn)"),
      ("{1: 2, 'a': 3}", "map(dyn, int)"),
      ("[{}, {'a': 1}]", "list(map(string, int))"), ("[{'a': 1}, {}]", "list(map(string, int))"),
      ("{}.map(c, [c, type(c)])", "list(list(dyn))"),
      ("[1].map(x, [x])", "list(list(int))"), ("[[1]].map(x, x[0])", "list(int)"),
      ("[duration('1s'), null]", "list(duration)"), ("[timestamp(0), null][0]", "timestamp"),
      ("[null, duration('1s')][1]", "duration"), ("[optional.of(1), null][0]", "optional(int)"),
      ("type(1)", "type(int)"), ("type([1])", "type(list(int))"), ("[] + [1]", "list(int)"), ("[1] + []", "list(int)"),
      ("true ? [] : [1]", "list(int)"), ("{'a': [1]}.a[0]", "int"),
      ("[1, 2].transformMap(i, v, string(v))", "map(int, string)"),
      ("{'a': 1}.transformList(k, v, k)", "list(string)"), ("cel.bind(x, [1], x)", "list(int)"),
      ("{'a': 1}.?a", "optional(int)"), ("[1][?0].optMap(x, string(x))", "optional(string)"),
      ("math.greatest(1, 2)", "int"), ("math.greatest(1, 2.0)", "dyn"), ("math.greatest([1.5])", "double"),
    ])
  func deduces(source: String, type: String) throws {
    let result = try CEL.Expression(parsing: source).check(in: Environment())
    #expect(result.errors.isEmpty && result.type.description == type, "\(source): \(result.type), \(result.errors)")
  }
}
