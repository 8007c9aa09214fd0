import CEL
import Testing

@testable import WorkflowEngine

@Suite("The work of checking is bounded")
struct SchemaLimitTests {
  @Test("references that double at each level are checked once each", .timeLimit(.minutes(1)))
  func doubling() throws {
    let levels = (0..<40).map {
      ##""l\##($0)": {"allOf": [{"$ref": "#/$defs/l\##($0 + 1)"}, {"$ref": "#/$defs/l\##($0 + 1)"}]}"##
    }
    let text = ##"{"$ref": "#/$defs/l0", "$defs": {\##(levels.joined(separator: ", ")), "l40": {"type": "string"}}}"##
    #expect(try problems(text) == [": more than 64 schemas refer to each other in a row"])
    let short = levels.prefix(20).joined(separator: ", ")
    let schema = try schema(##"{"$ref": "#/$defs/l0", "$defs": {\##(short), "l20": {"type": "string"}}}"##)
    #expect(schema.validate(1).map(\.message) == ["The value must be text"])
    #expect(schema.validate("a").isEmpty)
    #expect(schema.celType == .string)
  }

  @Test("a schema that doubles with each field of the value ends", .timeLimit(.minutes(1)))
  func doublingThroughFields() throws {
    let schema = try schema(##"{"properties": {"a": {"allOf": [{"$ref": "#"}, {"anyOf": [{"$ref": "#"}]}]}}}"##)
    let deep = (0..<100).reduce(Value.null) { value, _ in ["a": value] }
    #expect(schema.validate(deep).map(\.message).allSatisfy { $0.contains("too deep") })
    let shallow = (0..<60).reduce(Value.null) { value, _ in ["a": value] }
    #expect(schema.validate(shallow).isEmpty)
    #expect(schema.applyingDefaults(to: shallow) == shallow)
  }

  @Test("a value nested beyond the limit is refused, not followed")
  func deepValue() throws {
    let deep = (0..<129).reduce(Value.null) { value, _ in .list([value]) }
    #expect(try schema("{}").validate(deep).map(\.message) == ["the value is nested more than 128 deep"])
  }

  @Test("a hundred thousand different items are found unique", .timeLimit(.minutes(1)))
  func manyUniqueItems() throws {
    let list = Value.list((0..<100_000).map { .int(Int64($0)) })
    #expect(try schema(#"{"uniqueItems": true}"#).validate(list).isEmpty)
  }

  @Test("types that would unfold without end become dyn", .timeLimit(.minutes(1)))
  func unfoldingTypes() throws {
    let levels = (0..<30).map {
      ##""l\##($0)": {"type": "object", "properties": {"a": {"$ref": "#/$defs/l\##($0 + 1)"}, "b": {"$ref": "#/$defs/l\##($0 + 1)"}}}"##
    }
    let text = ##"{"$ref": "#/$defs/l0", "$defs": {\##(levels.joined(separator: ", ")), "l30": {"type": "string"}}}"##
    let schema = try schema(text)
    guard case .record = schema.celType else {
      Issue.record("not a record")
      return
    }
    #expect(schema.formFields.map(\.name) == ["a", "b"])
  }

  @Test("of fifty thousand unknown fields a hundred are named", .timeLimit(.minutes(5)))
  func manyUnknownFields() throws {
    let data = Value.map(ValueMap((0..<50_000).map { ("k\($0)", Value.int(1)) }))
    #expect(try schema(#"{"properties": {"amount": {}}, "additionalProperties": false}"#).validate(data).count == 100)
    #expect(try schema(#"{"properties": {"amount": {}}}"#).validate(data).count == 100)
  }

  @Test("of ten thousand unknown keywords a hundred are named")
  func manyProblems() throws {
    let keywords = ValueMap((0..<10_000).map { ("k\($0)", Value.int(1)) })
    #expect(throws: SchemaErrors.self) { try Schema(.map(keywords)) }
    do throws(SchemaErrors) { _ = try Schema(.map(keywords)) } catch { #expect(error.problems.count == 100) }
  }
}
