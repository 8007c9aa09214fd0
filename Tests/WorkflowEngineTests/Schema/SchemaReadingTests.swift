import CEL
import Testing

@testable import WorkflowEngine

@Suite("Reading a schema")
struct SchemaReadingTests {
  static let refusals: [(String, String)] = [
    ("1", ": a schema is a map of keywords, or true or false"),
    (#"{"propertys": {}}"#, "/propertys: 'propertys' is not a keyword of Writ's schemas (did you mean 'properties'?)"),
    (
      #"{"patternProperties": {}}"#,
      "/patternProperties: 'patternProperties' is not a keyword of Writ's schemas "
        + "(list the fields under 'properties', or describe them all with 'additionalProperties')"
    ),
    (##"{"$dynamicRef": "#a"}"##, "/$dynamicRef: '$dynamicRef' is not a keyword of Writ's schemas (use '$ref')"),
    (#"{"type": "strnig"}"#, "/type: there is no type 'strnig' (did you mean 'string'?)"),
    (#"{"type": "list"}"#, "/type: there is no type 'list' (did you mean 'array'?)"),
    (#"{"type": ["string", "string"]}"#, "/type/1: this type is listed twice"),
    (#"{"format": "datetime"}"#, "/format: there is no format 'datetime' (did you mean 'date-time'?)"),
    (#"{"enum": []}"#, "/enum: 'enum' must list at least one value"),
    (#"{"enum": [1, 1.0]}"#, "/enum/1: this value is listed twice"),
    (#"{"minimum": "1"}"#, "/minimum: 'minimum' must be a number"),
    (#"{"multipleOf": 0}"#, "/multipleOf: 'multipleOf' must be more than 0"),
    (#"{"minLength": -1}"#, "/minLength: 'minLength' must be a whole number, 0 or more"),
    (#"{"required": ["a", "a"]}"#, "/required/1: 'a' is listed twice"),
    (
      #"{"required": true}"#,
      "/required: a list of names of fields was expected here (name the field under 'required' of the group that it belongs to)"
    ),
    (#"{"properties": []}"#, "/properties: 'properties' must be a map"),
    (#"{"allOf": []}"#, "/allOf: 'allOf' must list at least one schema"),
    (#"{"uniqueItems": 1}"#, "/uniqueItems: 'uniqueItems' must be true or false"),
    (#"{"title": 1}"#, "/title: 'title' must be text"),
    (
      #"{"items": {"properties": {"a/b": {"tpye": "string"}}}}"#,
      "/items/properties/a~1b/tpye: 'tpye' is not a keyword of Writ's schemas (did you mean 'type'?)"
    ),
    (
      ##"{"$ref": "#/$defs/addres", "$defs": {"address": {}}}"##,
      "/$ref: there is no schema at '#/$defs/addres' (did you mean '#/$defs/address'?)"
    ),
    (
      #"{"$ref": "https://example.org/s"}"#,
      "/$ref: 'https://example.org/s' is outside this file (copy it into '$defs' and refer to '#/$defs/...')"
    ),
    (
      ##"{"$ref": "#"}"##,
      ": this schema refers back to itself for the same value (refer to it from a property or from 'items')"
    ),
    (
      #"{"properties": {"a": {"$id": "x"}}}"#,
      ##"/properties/a/$id: '$id' is only understood at the top (use '$defs' and '$ref: "#/$defs/..."')"##
    ),
  ]

  @Test("what is wrong is said with its place and a remedy", arguments: refusals)
  func refuses(_ text: String, _ expected: String) throws {
    #expect(try problems(text) == [expected])
  }

  @Test("a pattern that cannot be matched in linear time is refused")
  func pattern() throws {
    #expect(try problems(#"{"pattern": "(a"}"#).first?.hasPrefix("/pattern: the pattern '(a' has ") == true)
    #expect(try problems(#"{"pattern": "(a)\\1"}"#).count == 1)
  }

  @Test("every problem is told at once, in order of place")
  func collects() throws {
    let places = try problems(#"{"typ": 1, "properties": {"b": {"type": 1}, "a": 7}}"#).map { $0.prefix { $0 != ":" } }
    #expect(places == ["/properties/a", "/properties/b/type", "/typ"])
  }

  @Test("a circle by way of two references is found")
  func circles() throws {
    let circle = ##"{"$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}}"##
    #expect(try problems(circle).count == 1)
    #expect(try problems(##"{"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#"}}"##).isEmpty)
  }

  @Test("schemas nested too deeply are refused")
  func depth() throws {
    let deep = String(repeating: #"{"items": "#, count: 63) + "true" + String(repeating: "}", count: 63)
    #expect(try problems(deep).isEmpty)
    let value = (0..<200).reduce(Value.bool(true)) { schema, _ in ["items": schema] }
    #expect(throws: SchemaErrors.self) { try Schema(value) }
  }

  @Test("the source is kept, and decides equality")
  func source() throws {
    let value = try json(#"{"type": "string", "description": "d", "$comment": "c"}"#)
    #expect(try Schema(value).source == value)
    #expect(try Schema(value) == Schema(value))
    #expect(try Schema(value) != Schema(true))
  }
}
