import CEL
import Testing

@testable import WorkflowEngine

func json(_ text: String) throws -> Value {
  try Value(json: text.utf8)
}

func schema(_ text: String, propertyOrder: [String: [String]] = [:]) throws -> Schema {
  try Schema(json(text), propertyOrder: propertyOrder)
}

/// "pointer: message" of every violation.
func complaints(_ schemaText: String, _ data: String, _ fields: SchemaValidation.UnknownFields = .refused) throws
  -> [String]
{
  try schema(schemaText).validate(json(data), SchemaValidation(unknownFields: fields)).map {
    "\($0.pointer): \($0.message)"
  }
}

/// "pointer: message (hint)" of every problem of a schema that is refused.
func problems(_ schemaText: String) throws -> [String] {
  do {
    _ = try schema(schemaText)
    return []
  } catch let errors as SchemaErrors {
    return errors.problems.map { "\($0.pointer): \($0.message)" + ($0.hint.map { " (\($0))" } ?? "") }
  }
}
