import CEL
import WorkflowEngine

/// A secret that the workflow names and the machine does not have.
struct MissingSecret: Error, CustomStringConvertible {
  var name: String
  var variable: String?

  var description: String {
    variable.map { "the secret '\(name)' is empty: set the environment variable \($0)" }
      ?? "no secret is named '\(name)' in writ.yaml"
  }
}

/// Puts secrets where a request marks them: `{"$secret": name}`, and `{"$parts": [...]}` for a text around one.
struct Secrets {
  var settings: Settings
  var environment: [String: String]

  func fill(_ value: Value) throws(MissingSecret) -> Value {
    switch value {
    case .map(let map):
      if map.count == 1, let name = map["$secret"]?.stringValue { return .string(try secret(name)) }
      if map.count == 1, let parts = map["$parts"]?.listValue {
        var text = ""
        for part in parts { text += try fill(part).stringValue ?? "" }
        return .string(text)
      }
      var filled: ValueMap = [:]
      for (name, field) in map.stringPairs { filled[name] = try fill(field) }
      return .map(filled)
    case .list(let items):
      var filled: [Value] = []
      for item in items { filled.append(try fill(item)) }
      return .list(filled)
    default: return value
    }
  }

  private func secret(_ name: String) throws(MissingSecret) -> String {
    guard let variable = settings.secrets[name] else { throw MissingSecret(name: name) }
    guard let value = environment[variable], !value.isEmpty else {
      throw MissingSecret(name: name, variable: variable)
    }
    return value
  }
}
