import CEL
import WorkflowEngine
import WorkflowFiles

enum DocumentTarget {
  /// `{"schema": ..., "data": ...}`, or anything else.
  static func fault(_ bytes: [UInt8]) -> String? {
    _ = try? DecisionDocument.read(bytes)
    _ = try? LinearRegex(String(decoding: bytes, as: UTF8.self)).matches("aaaaaaaaaaaaaaaaaaaaaaaab")
    guard let value = try? Value(json: bytes) else { return nil }
    guard let text = try? value.canonicalJSON() else { return "what was read cannot be written" }
    guard let again = try? Value(json: text), again == value else { return "what was written reads as something else" }
    guard let schema = try? Schema(value["schema"] ?? value) else { return nil }
    _ = schema.celType
    _ = schema.formFields
    let data = schema.applyingDefaults(to: value["data"] ?? .null)
    let violations = schema.validate(data)
    return violations.contains { $0.message.isEmpty } ? "a violation without words" : nil
  }
}
