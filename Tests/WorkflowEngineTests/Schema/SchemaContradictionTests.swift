import CEL
import Testing

@testable import WorkflowEngine

@Suite("What a schema says against itself")
struct SchemaContradictionTests {
  @Test(
    "a value of its own that a schema refuses, and a required field without a place, are named",
    arguments: [
      (#"{"type": "integer", "default": "x"}"#, "/default: the default must be a whole number"),
      (#"{"enum": ["a", "b"], "default": "c"}"#, "/default: the default must be one of a, b"),
      (#"{"type": "string", "enum": ["a", 1]}"#, "/enum/1: this choice must be text"),
      (#"{"type": "string", "const": 1}"#, "/const: the value of 'const' must be text"),
      (#"{"type": "number", "examples": [1, "x"]}"#, "/examples/1: this example must be a number"),
      (
        #"{"properties": {"amount": {}}, "required": ["amuont"]}"#,
        "/required/0: no field is named 'amuont' (did you mean 'amount'?)"
      ),
      (
        #"{"properties": {"a": {}}, "if": {"required": ["a"]}, "then": {"required": ["zebra"]}}"#,
        "/then/required/0: no field is named 'zebra' (describe it under 'properties')"
      ),
      (
        ##"{"items": {"$ref": "#/$defs/d"}, "$defs": {"d": {"properties": {"a": {"maximum": 1, "default": 2}}}}}"##,
        "/$defs/d/properties/a/default: the default must be at most 1"
      ),
      (
        #"{"type": "integer", "minimum": 5, "maximum": 3}"#,
        "/maximum: 'maximum' is below 'minimum', so nothing fits (remove it, or mend the other)"
      ),
      (
        #"{"minLength": 5, "maxLength": 3}"#,
        "/maxLength: 'maxLength' is below 'minLength', so nothing fits (remove it, or mend the other)"
      ),
      (
        #"{"type": "integer", "minLength": 3}"#,
        "/minLength: 'minLength' is about text, and this is a whole number (remove it, or mend the other)"
      ),
      (
        #"{"type": "array", "properties": {"a": {}}, "required": ["a"]}"#,
        "/properties: 'properties' is about a group of fields, and this is a list (remove it, or mend the other)"
      ),
    ])
  func named(_ source: String, _ expected: String) throws {
    let found = try Schema(Value(json: source.utf8)).contradictions
    #expect(found.map { "\($0.pointer): \($0.message)\($0.hint.map { " (\($0))" } ?? "")" } == [expected])
  }

  @Test(
    "what can be met is not touched",
    arguments: [
      #"{"type": "integer", "default": 1, "examples": [1], "enum": [1, 2]}"#,
      #"{"required": ["a"]}"#,
      #"{"type": ["string", "null"], "minLength": 1, "maxLength": 1}"#,
      #"{"type": "number", "minimum": 1, "maximum": 1.0}"#,
      #"{"properties": {"a": {}}, "required": ["b"], "additionalProperties": true}"#,
      #"{"properties": {"a": {}}, "required": ["b"], "allOf": [{"properties": {"b": {}}}]}"#,
      #"{"properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}"#,
      #"{"properties": {"a": {}}, "not": {"required": ["b"]}}"#,
      ##"{"properties": {"b": {}}, "allOf": [{"$ref": "#/$defs/d"}], "$defs": {"d": {"required": ["b"], "properties": {"c": {}}}}}"##,
    ])
  func untouched(_ source: String) throws {
    #expect(try Schema(Value(json: source.utf8)).contradictions == [])
  }

  @Test("thousands of defaults of a schema with thousands of parts are looked at within the budget")
  func budget() throws {
    let parts = (0..<4000).map { _ in #"{"minimum": 0}"# }.joined(separator: ",")
    let fields = (0..<4000).map { ##""f\##($0)": {"$ref": "#/$defs/d", "default": 1}"## }.joined(separator: ",")
    let source = #"{"properties": {\#(fields)}, "$defs": {"d": {"allOf": [\#(parts)]}}}"#
    let schema = try Schema(Value(json: source.utf8))
    let took = ContinuousClock().measure { #expect(schema.contradictions == []) }
    #expect(took < .seconds(5))
  }
}
