import CEL
import Testing

@testable import WorkflowEngine

@Suite("Forms of a schema")
struct SchemaFormTests {
  static let text = ##"""
    {"type": "object", "required": ["amount", "done"], "properties": {
      "amount": {"type": "string", "format": "decimal", "title": "Amount (EUR)", "minimum": 1, "description": "With tax"},
      "note": {"type": "string", "maxLength": 2000}, "name": {"type": "string", "pattern": "[a-z]+"},
      "kind": {"enum": ["travel", 1, true]}, "done": {"type": "boolean"}, "count": {"type": "integer", "default": 1},
      "rate": {"type": "number"}, "day": {"type": "string", "format": "date"}, "who": {"format": "person"},
      "tags": {"type": "array", "items": {"type": "string"}}, "sizes": {"type": "array", "items": {"type": "integer"}},
      "colours": {"type": "array", "uniqueItems": true, "items": {"enum": ["red", "blue"]}},
      "address": {"properties": {"city": {"title": "City", "type": "string"}, "zip": {"type": "string"}},
                  "required": ["city"]},
      "any": {}, "pin": {"type": ["integer", "null"], "sensitive": true}}}
    """##

  func schema(_ order: [String] = []) throws -> Schema {
    try Schema(
      json(Self.text), propertyOrder: ["/properties": order, "/properties/address/properties": ["zip", "city"]])
  }

  @Test("fields come in the author's order, the rest after them")
  func order() throws {
    let names = try schema(["note", "amount"]).formFields.map(\.name)
    #expect(names.prefix(3) == ["note", "amount", "address"])
    #expect(names.count == 15)
  }

  @Test("each field is asked for in its kind")
  func kinds() throws {
    let kinds = Dictionary(uniqueKeysWithValues: try schema().formFields.map { ($0.name, $0.kind) })
    #expect(kinds["amount"] == .decimal)
    #expect(kinds["note"] == .longText)
    #expect(kinds["name"] == .text)
    #expect(kinds["kind"] == .choice(["travel", 1, true]))
    #expect(kinds["done"] == .boolean)
    #expect(kinds["rate"] == .number)
    #expect(kinds["day"] == .date)
    #expect(kinds["who"] == .person)
    #expect(kinds["colours"] == .choices(["red", "blue"]))
    #expect(kinds["any"] == .json)
    #expect(kinds["pin"] == .integer)
    guard case .list(let item) = kinds["tags"], case .object(let fields) = kinds["address"] else {
      Issue.record("\(kinds)")
      return
    }
    #expect(item.kind == .text)
    #expect(fields.map(\.name) == ["address.zip", "address.city"])
    #expect(fields.map(\.isRequired) == [false, true])
    #expect(fields.map(\.title) == ["zip", "City"])
  }

  @Test("a field carries what a form shows about it")
  func details() throws {
    let fields = try schema(["amount", "count", "name"]).formFields
    #expect(fields[0].title == "Amount (EUR)")
    #expect(fields[0].help == "With tax")
    #expect(fields[0].isRequired)
    #expect(fields[0].minimum == 1)
    #expect(fields[1].fallback == 1)
    #expect(fields[2].pattern == "[a-z]+")
    #expect(fields.filter(\.isSensitive).map(\.name) == ["pin"])
  }

  @Test("texts become typed values, with defaults")
  func reads() throws {
    let (value, violations) = try schema().value(fromForm: [
      "amount": " 12.50 ", "done": "on", "kind": "1", "rate": "5", "note": "a\r\nb", "tags": "a, b", "sizes.1": "20",
      "sizes.0": "10", "colours": #"["red"]"#, "address.city": "Ulm", "any": #"{"a": [1]}"#, "day": "", "pin": "7",
    ])
    #expect(violations.isEmpty, "\(violations)")
    #expect(
      value == [
        "amount": "12.50", "done": true, "kind": 1, "rate": 5.0, "note": "a\nb", "tags": ["a", "b"], "sizes": [10, 20],
        "colours": ["red"], "address": ["city": "Ulm"], "any": ["a": [1]], "count": 1, "pin": 7,
      ])
  }

  @Test("what cannot be read is kept, and said in words")
  func keepsWhatItCannotRead() throws {
    let (value, violations) = try schema(["amount", "count"]).value(fromForm: [
      "amount": "12,50", "count": "many", "done": "perhaps", "address.zip": "1", "colour": "red",
    ])
    #expect(value["count"] == "many")
    #expect(
      violations.map { "\($0.pointer): \($0.message)" } == [
        "/address/city: City is required", "/amount: Amount (EUR) must be a decimal number such as 12.50",
        "/count: count must be a whole number", "/done: done must be true or false",
        "/colour: 'colour' is not a known field, did you mean 'colours'?",
      ])
  }

  @Test("empty text is absent, or null where null is asked for")
  func emptyText() throws {
    let nullable = try WorkflowEngineTests.schema(
      #"{"properties": {"a": {"type": ["integer", "null"]}, "b": {"type": "string"}}, "required": ["a", "b"]}"#)
    let (value, violations) = nullable.value(fromForm: ["a": "", "b": " "])
    #expect(value == ["a": .null])
    #expect(violations.map(\.message) == ["b is required"])
  }

  @Test("hostile keys are only unknown fields")
  func hostileKeys() throws {
    let deep = String(repeating: "a.", count: 10_000)
    let (_, violations) = try schema().value(fromForm: [
      deep: "x", "": "y", "sizes.99999999999999999999": "1", "amount": "1", "done": "no",
    ])
    #expect(Set(violations.map(\.pointer)) == ["/a", "/", "/sizes"])
  }
}
