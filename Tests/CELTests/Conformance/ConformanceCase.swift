import CEL

/// One case of the CEL conformance suite, as JSON writes it.
struct ConformanceCase {
  let json: Value

  var name: String { "\(text("section"))/\(text("name")): \(text("expr"))" }

  private func text(_ key: String) -> String { json[key]?.stringValue ?? "" }

  /// nil if the case holds; otherwise what happened instead.
  func failure() -> String? {
    var environment = environment
    let expression: CEL.Expression
    do {
      expression = try CEL.Expression(parsing: text("expr"))
    } catch {
      return json["eval_error"] != nil ? nil : "\(error)"
    }
    for (key, _) in json["bindings"]?.mapValue ?? ValueMap() where environment.variables[key.string ?? ""] == nil {
      environment.variables[key.string ?? ""] = .dyn
    }
    if json["disable_check"]?.boolValue != true {
      let result = expression.check(in: environment)
      if let error = result.errors.first { return json["eval_error"] != nil ? nil : "check: \(error)" }
      if let wanted = json["typed_result"]?["deduced_type"].map(type), wanted != result.type {
        return "type \(result.type), wanted \(wanted)"
      }
      if json["check_only"]?.boolValue == true { return nil }
    }
    return evaluationFailure(expression, environment)
  }

  private func evaluationFailure(_ expression: CEL.Expression, _ environment: Environment) -> String? {
    do {
      let isUnchecked = json["disable_check"]?.boolValue == true
      let program = try expression.compile(in: environment, failingLate: isUnchecked)
      let bindings = ValueMap(
        (json["bindings"]?.mapValue ?? ValueMap()).map { ($0.key.string ?? "", value($0.value["value"] ?? .null)) })
      let result = try program.evaluate(Scope(bindings, zones: SystemZones.rules))
      if json["eval_error"] != nil { return "gave \(result), wanted an error" }
      let wanted = (json["value"] ?? json["typed_result"]?["result"]).map(value) ?? true
      return result == wanted || isAlike(result, wanted) ? nil : "gave \(result), wanted \(wanted)"
    } catch {
      return json["eval_error"] != nil ? nil : "\(error)"
    }
  }

  /// The suite names types by their names alone, and does not tell the zeros apart.
  private func isAlike(_ result: Value, _ wanted: Value) -> Bool {
    if case .double(0) = result, case .double(0) = wanted { return true }
    guard case .type(let left) = result, case .type(let right) = wanted else { return false }
    return left.simpleName == right.simpleName
  }

  private var environment: Environment {
    var environment = Environment(container: text("container"))
    for declaration in json["type_env"]?.listValue ?? [] {
      let name = declaration["name"]?.stringValue ?? ""
      if let ident = declaration["ident"] { environment.variables[name] = type(ident["type"] ?? .null) }
      for overload in declaration["function"]?["overloads"]?.listValue ?? [] {
        environment.functions.append(
          FunctionDeclaration(
            name, (overload["params"]?.listValue ?? []).map(type), type(overload["result_type"] ?? .null),
            isMethod: overload["is_instance_function"]?.boolValue ?? false))
      }
    }
    return environment
  }

  private func type(_ json: Value) -> Type {
    guard let (key, content) = json.mapValue?.entries.first.map({ ($0.key.string ?? "", $0.value) }) else {
      return .dyn
    }
    switch key {
    case "primitive", "wrapper":
      let name = content.stringValue ?? ""
      let types: [String: Type] = [
        "BOOL": .bool, "INT64": .int, "UINT64": .uint, "DOUBLE": .double, "STRING": .string, "BYTES": .bytes,
      ]
      let type = types[name] ?? .error
      return key == "wrapper" ? .nullable(type) : type
    case "well_known":
      return content == "TIMESTAMP" ? .timestamp : content == "DURATION" ? .duration : .dyn
    case "null": return .null
    case "list_type": return .list(type(content["elem_type"] ?? .null))
    case "map_type": return .map(type(content["key_type"] ?? .null), type(content["value_type"] ?? .null))
    case "type_param": return .parameter(content.stringValue ?? "")
    case "type": return .type(type(content))
    case "abstract_type":
      let parameters = (content["parameter_types"]?.listValue ?? []).map(type)
      let name = content["name"]?.stringValue ?? ""
      return name == "optional_type" ? .optional(parameters.first ?? .dyn) : .abstract(name, parameters)
    default: return .dyn
    }
  }

  private func value(_ json: Value) -> Value {
    guard let (key, content) = json.mapValue?.entries.first.map({ ($0.key.string ?? "", $0.value) }) else {
      return .null
    }
    switch key {
    case "int64_value": return .int(content.stringValue.flatMap { Int64($0) } ?? 0)
    case "uint64_value": return .uint(content.stringValue.flatMap { UInt64($0) } ?? 0)
    case "double_value": return double(content)
    case "bool_value", "string_value": return content
    case "bytes_value": return .bytes(Base64.decode(content.stringValue ?? "") ?? [])
    case "list_value": return .list((content["values"]?.listValue ?? []).map(value))
    case "map_value":
      let entries = content["entries"]?.listValue ?? []
      return .map(
        ValueMap(
          entries: entries.compactMap { entry in
            mapKey(value(entry["key"] ?? .null)).map { ValueMap.Entry(key: $0, value: value(entry["value"] ?? .null)) }
          }))
    case "type_value":
      let name = content.stringValue ?? ""
      return .type(Resolution.types[name] ?? .abstract(name, []))
    default: return .null
    }
  }

  private func double(_ json: Value) -> Value {
    switch json {
    case "NaN": .double(.nan)
    case "Infinity": .double(.infinity)
    case "-Infinity": .double(-.infinity)
    case .int(let number): .double(Double(number))
    default: json
    }
  }

  private func mapKey(_ value: Value) -> MapKey? {
    switch value {
    case .bool(let key): .bool(key)
    case .int(let key): .int(key)
    case .uint(let key): .uint(key)
    case .string(let key): .string(key)
    default: nil
    }
  }
}

private enum Resolution {
  static let types: [String: Type] = [
    "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
    "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null, "type": .type(.dyn),
    "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration, "optional_type": .optional(.dyn),
  ]
}
