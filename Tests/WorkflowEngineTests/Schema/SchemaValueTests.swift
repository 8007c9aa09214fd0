import CEL
import Testing

@testable import WorkflowEngine

@Suite("Values of a schema")
struct SchemaValueTests {
  static let expense = ##"""
    {"type": "object", "required": ["amount", "category"], "properties": {
      "amount": {"type": "string", "format": "decimal"}, "category": {"enum": ["travel", "other"]},
      "at": {"type": "string", "format": "date-time"}, "count": {"type": "integer", "default": 1},
      "rate": {"type": ["number", "null"]}, "items": {"type": "array", "items": {"$ref": "#/$defs/item"}}},
     "$defs": {"item": {"type": "object", "properties": {"price": {"type": "string", "format": "decimal"},
       "note": {"type": "string", "default": "none"}}}}}
    """##

  @Test("defaults fill what is absent, in fields and items, and nothing that is there")
  func defaults() throws {
    let schema = try schema(Self.expense)
    #expect(schema.applyingDefaults(to: [:]) == ["count": 1])
    #expect(schema.applyingDefaults(to: ["count": .null]) == ["count": .null])
    #expect(
      schema.applyingDefaults(to: ["count": 2, "items": [["note": "x"], [:], 3]])
        == ["count": 2, "items": [["note": "x"], ["note": "none"], 3]])
  }

  @Test("a default is taken as it stands, even where it could go on for ever")
  func endlessDefault() throws {
    let endless = try schema(##"{"properties": {"a": {"$ref": "#", "default": {}}}}"##)
    #expect(endless.applyingDefaults(to: [:]) == ["a": [:]])
  }

  @Test("stored decimals, times and numbers become typed in expressions, and text again when stored")
  func expressionsAndBack() throws {
    let schema = try schema(Self.expense)
    let stored: Value = [
      "amount": "12.50", "at": "2026-11-22T10:00:00Z", "count": 2.0, "rate": 3, "items": [["price": "1"]],
    ]
    let seen = schema.expressionValue(stored)
    #expect(seen["amount"] == Decimal("12.50").map(Value.decimal))
    #expect(seen["at"] == Timestamp(rfc3339: "2026-11-22T10:00:00Z").map(Value.timestamp))
    #expect(seen["count"] == 2)
    #expect(seen["rate"] == 3.0)
    #expect(seen["items"]?.listValue?.first?["price"] == Decimal("1").map(Value.decimal))
    #expect(
      schema.storedValue(seen) == [
        "amount": "12.5", "at": "2026-11-22T10:00:00Z", "count": 2, "rate": 3.0, "items": [["price": "1"]],
      ])
  }

  @Test("every date and time that the format accepts is a timestamp")
  func timestamps() throws {
    let time = try schema(#"{"type": "string", "format": "date-time"}"#)
    #expect(time.expressionValue("1998-12-31T23:59:60Z") == time.expressionValue("1999-01-01T00:00:00Z"))
    #expect(
      time.expressionValue("1985-04-12T00:59:59.1234567891Z") == time.expressionValue("1985-04-12T00:59:59.123456789Z"))
    #expect(time.validate("0000-01-01T00:00:00Z").count == 1)
    #expect(time.expressionValue("no time") == "no time")
  }

  @Test("a number is a double in expressions, even where it loses its last digits")
  func largeNumbers() throws {
    #expect(try schema(#"{"type": "number"}"#).expressionValue(9_007_199_254_740_993) == .double(9_007_199_254_740_992))
  }

  @Test("an answer is narrowed to what the schema speaks of")
  func narrowing() throws {
    let schema = try schema(Self.expense)
    #expect(
      schema.keepingKnownFields(of: ["amount": "1", "debug": true, "items": [["price": "1", "x": 1], 3]])
        == ["amount": "1", "items": [["price": "1"], 3]])
    let open = #"{"properties": {"a": {"type": "object"}}, "anyOf": [{"properties": {"b": true}}]}"#
    #expect(
      try WorkflowEngineTests.schema(open).keepingKnownFields(of: ["a": ["x": 1], "b": 2, "c": 3]) == [
        "a": ["x": 1], "b": 2,
      ])
  }

  @Test("a person is one whom people.yaml names")
  func people() throws {
    let person = try schema(#"{"title": "Reviewer", "type": "string", "format": "person"}"#)
    var people = People()
    people.people["alice"] = Person(id: "alice", name: "Alice", emails: [])
    #expect(person.validate("alice", people: people).isEmpty)
    #expect(
      person.validate("bob", people: people).map(\.message)
        == ["Reviewer must be somebody whom people.yaml names; there is no 'bob'"])
    #expect(person.validate("bob").isEmpty)
    #expect(person.validate("Bob Smith").count == 1)
  }

  @Test("durations are stored as their format says")
  func durations() throws {
    #expect(try schema("{}").storedValue(.duration(.seconds(90))) == "90s")
    #expect(try schema(#"{"format": "duration"}"#).storedValue(.duration(.seconds(90))) == "PT90S")
  }

  @Test("an object is a record of its fields, with what is always there")
  func recordType() throws {
    let ordered = try schema(Self.expense, propertyOrder: ["/properties": ["category", "amount"]])
    guard case .record(let record) = ordered.celType else {
      Issue.record("\(ordered.celType)")
      return
    }
    #expect(!record.isOpen)
    #expect(record.fields.map(\.name) == ["category", "amount", "at", "count", "items", "rate"])
    #expect(record.fields.filter(\.isRequired).map(\.name) == ["category", "amount"])
    #expect(record["amount"]?.type == .decimal)
    #expect(record["category"]?.type == .string)
    #expect(record["at"]?.type == .timestamp)
    #expect(record["count"]?.type == .int)
    #expect(record["rate"]?.type == .nullable(.double))
  }

  static let types: [(String, Type)] = [
    ("{}", .dyn), ("true", .dyn), (#"{"type": "null"}"#, .null), (#"{"type": "boolean"}"#, .bool),
    (#"{"enum": [1, 2]}"#, .int), (#"{"enum": [1, 2.5]}"#, .double), (#"{"enum": ["a", 1]}"#, .dyn),
    (#"{"const": "a"}"#, .string), (#"{"type": ["string", "integer"]}"#, .dyn),
    (#"{"type": "object"}"#, .map(.string, .dyn)),
    (#"{"type": "object", "additionalProperties": {"type": "integer"}}"#, .map(.string, .int)),
    (#"{"type": "array"}"#, .list(.dyn)), (#"{"type": "array", "items": {"type": "string"}}"#, .list(.string)),
    (#"{"anyOf": [{"type": "string"}]}"#, .dyn), (#"{"allOf": [{"type": "number"}, {"type": "integer"}]}"#, .int),
    (##"{"type": "array", "items": {"$ref": "#"}}"##, .list(.list(.dyn))),
  ]

  @Test("each schema has a static type", arguments: types)
  func celType(_ text: String, _ expected: Type) throws {
    #expect(try schema(text).celType == expected)
  }

  @Test("fields of branches are known, optional and of any type; others make a record open")
  func branchFields() throws {
    let branching =
      #"{"type": "object", "properties": {"a": true}, "anyOf": [{"properties": {"b": true}}], "additionalProperties": true}"#
    let fields = [
      Record.Field(name: "a", type: .dyn, isRequired: false), .init(name: "b", type: .dyn, isRequired: false),
    ]
    #expect(try schema(branching).celType == .record(Record(fields: fields, isOpen: true)))
  }
}
