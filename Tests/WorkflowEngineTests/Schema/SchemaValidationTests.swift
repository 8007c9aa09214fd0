import CEL
import Testing

@testable import WorkflowEngine

@Suite("Validating against a schema")
struct SchemaValidationTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let schema: String
    let data: String
    let expected: [String]
    var testDescription: String { "\(schema) of \(data)" }

    init(_ schema: String, _ data: String, _ expected: String...) {
      (self.schema, self.data, self.expected) = (schema, data, expected)
    }
  }

  static let scalars = [
    Case(#"{"type": "integer"}"#, "1.0"),
    Case(#"{"type": "integer"}"#, "1.5", ": The value must be a whole number"),
    Case(#"{"type": ["integer", "null"]}"#, #""a""#, ": The value must be a whole number or empty"),
    Case(
      #"{"type": "string", "format": "decimal"}"#, "1", ": The value must be a decimal number such as 12.50, as text"),
    Case(#"{"title": "Amount", "minimum": 1}"#, "0", ": Amount must be at least 1"),
    Case(#"{"title": "Amount", "minimum": 1}"#, "1"),
    Case(#"{"maximum": 1.5}"#, "1.6", ": The value must be at most 1.5"),
    Case(#"{"exclusiveMinimum": 1}"#, "1.0", ": The value must be more than 1"),
    Case(#"{"exclusiveMaximum": 1}"#, "1", ": The value must be less than 1"),
    Case(#"{"multipleOf": 0.1}"#, "0.3"),
    Case(#"{"multipleOf": 0.1}"#, "0.35", ": The value must be a multiple of 0.1"),
    Case(#"{"multipleOf": 3}"#, "1e300", ": The value must be a multiple of 3"),
    Case(#"{"multipleOf": 7}"#, "9223372036854775807"),
    Case(#"{"minLength": 2}"#, #""é""#, ": The value must have at least 2 characters"),
    Case(#"{"maxLength": 1}"#, #""ab""#, ": The value must have at most 1 character"),
    Case(#"{"pattern": "^[0-9]{4}$"}"#, #""1234""#),
    Case(#"{"pattern": "^[0-9]{4}$"}"#, #""12345""#, ": The value must match the pattern ^[0-9]{4}$"),
    Case(#"{"pattern": "b"}"#, #""abc""#),
    Case(#"{"enum": ["a", 1, null]}"#, "1.0"),
    Case(#"{"enum": ["a", 1, null]}"#, "2", ": The value must be one of a, 1, empty"),
    Case(#"{"const": {"a": [1]}}"#, #"{"a": [1.0]}"#),
    Case(#"{"const": true}"#, "1", ": The value must be true"),
    Case("false", "1", ": The value is not allowed"),
    Case(#"{"format": "decimal", "minimum": 10}"#, #""9.99""#, ": The value must be at least 10"),
    Case(#"{"format": "decimal"}"#, #""1e3""#, ": The value must be a decimal number such as 12.50"),
  ]

  static let structures = [
    Case(#"{"required": ["a"], "properties": {"a": {"title": "Amount"}}}"#, "{}", "/a: Amount is required"),
    Case(
      #"{"properties": {"amount": true}, "additionalProperties": false}"#, #"{"amuont": 1}"#,
      "/amuont: 'amuont' is not a known field, did you mean 'amount'?"),
    Case(#"{"additionalProperties": {"type": "string"}}"#, #"{"a/b": 1}"#, "/a~1b: a/b must be text"),
    Case(#"{"minProperties": 1}"#, "{}", ": The value must have at least 1 field"),
    Case(#"{"maxProperties": 0}"#, #"{"a": 1}"#, ": The value must have at most 0 fields"),
    Case(#"{"dependentRequired": {"a": ["b"]}}"#, #"{"a": 1}"#, "/b: b is required when a is given"),
    Case(
      #"{"properties": {"tags": {"title": "Tags", "items": {"type": "string"}}}}"#, #"{"tags": ["a", 1]}"#,
      "/tags/1: Item 2 of Tags must be text"),
    Case(#"{"prefixItems": [true], "items": false}"#, "[1, 2]", ": The value must have at most 1 item"),
    Case(#"{"contains": {"const": 1}}"#, "[2]", ": The value must have at least 1 item of the kind asked for"),
    Case(#"{"contains": {"const": 1}, "minContains": 0}"#, "[2]"),
    Case(
      #"{"contains": {"const": 1}, "maxContains": 1}"#, "[1, 1]",
      ": The value must have at most 1 item of the kind asked for"),
    Case(#"{"minItems": 1}"#, "[]", ": The value must have at least 1 item"),
    Case(#"{"maxItems": 1}"#, "[1, 2]", ": The value must have at most 1 item"),
    Case(#"{"uniqueItems": true}"#, "[1, 2, 1.0]", "/2: Item 3 of The value repeats item 1"),
    Case(#"{"uniqueItems": true}"#, "[1, true, \"1\", [1], {\"a\": 1}]"),
    Case(
      #"{"allOf": [{"minimum": 5}, {"multipleOf": 2}]}"#, "3", ": The value must be at least 5",
      ": The value must be a multiple of 2"),
    Case(#"{"anyOf": [{"type": "string"}, {"minimum": 5, "type": "integer"}]}"#, "3", ": The value must be at least 5"),
    Case(#"{"anyOf": [{"const": 1}, {"const": 2}]}"#, "3", ": The value has none of the allowed forms"),
    Case(
      #"{"oneOf": [{"minimum": 1}, {"minimum": 2}]}"#, "3",
      ": The value has more than one of the forms of which it may have one"),
    Case(#"{"not": {"const": 3}}"#, "3", ": The value has a form that is not allowed"),
    Case(
      #"{"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"minimum": 1}}"#, "0",
      ": The value must be at least 1"),
    Case(#"{"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"minimum": 1}}"#, #""a""#),
    Case(
      ##"{"$ref": "#/$defs/n", "$defs": {"n": {"title": "Count", "type": "integer"}}}"##, #""a""#,
      ": Count must be a whole number"),
    Case(##"{"$ref": "#count", "$defs": {"n": {"$anchor": "count", "type": "integer"}}}"##, "1"),
  ]

  @Test("a keyword says in a sentence what it misses", arguments: scalars + structures)
  func sentences(_ example: Case) throws {
    #expect(try complaints(example.schema, example.data) == example.expected)
  }

  @Test("unknown fields are refused unless the schema speaks of them")
  func unknownFields() throws {
    let closed = #"{"properties": {"a": true}}"#
    #expect(try complaints(closed, #"{"b": 1}"#) == ["/b: 'b' is not a known field, did you mean 'a'?"])
    #expect(try complaints(closed, #"{"b": 1}"#, .allowed).isEmpty)
    #expect(try complaints(#"{"properties": {"a": true}, "additionalProperties": true}"#, #"{"b": 1}"#).isEmpty)
    #expect(try complaints(#"{"type": "object"}"#, #"{"b": 1}"#).isEmpty)
  }

  @Test("what branches of the same value name is known")
  func fieldsOfBranches() throws {
    let composed =
      ##"{"$ref": "#/$defs/a", "anyOf": [{"properties": {"b": true}}], "$defs": {"a": {"properties": {"a": true}}}}"##
    #expect(try complaints(composed, #"{"a": 1, "b": 1}"#).isEmpty)
    #expect(try complaints(composed, #"{"zz": 1}"#).count == 1)
    #expect(try complaints(#"{"not": {"properties": {"a": {"const": 1}}, "required": ["a"]}}"#, #"{"a": 2}"#).isEmpty)
  }

  @Test("the schema pointer names the keyword")
  func schemaPointer() throws {
    let violations = try schema(#"{"properties": {"a": {"minimum": 1}}}"#).validate(json(#"{"a": 0}"#))
    #expect(violations.map(\.schemaPointer) == ["/properties/a/minimum"])
  }

  @Test("values that JSON does not have cannot be stored")
  func notStorable() throws {
    let violations = try schema("{}").validate(.list([.bytes([1]), .double(.nan)]))
    #expect(violations.isEmpty, "nothing is asked of the items")
    #expect(try schema(#"{"items": {}}"#).validate(.list([.bytes([1]), .double(.nan)])).count == 2)
  }

  @Test("no more violations than the limit, and at least one")
  func limit() throws {
    let numbers = try schema(#"{"items": {"type": "string"}}"#)
    let list = Value.list(Array(repeating: 1, count: 1000))
    #expect(numbers.validate(list).count == 100)
    #expect(numbers.validate(list, SchemaValidation(limit: -1)).count == 1)
  }
}
