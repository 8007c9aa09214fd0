import CEL
import WorkflowEngine

/// Values of the author's own: schemas, `with`, `config`. Only here does spelling decide a type, and it decides as JSON does:
/// plain `true`, `false`, `null` and numbers spelt as JSON spells them are those values; all else, and all in quotes, is text.
/// So `no`, `~`, `0x1F` and `1_000` stay what a person typed.
extension Reading {
  func value(_ node: YAMLNode) -> Value {
    switch node.kind {
    case .scalar(let text, let style): style == .plain ? plainValue(text, node) : .string(text)
    case .sequence(let items): .list(items.map(value))
    case .mapping(let entries): .map(ValueMap(entries.map { ($0.name, value($0.value)) }))
    }
  }

  func plainValue(_ text: String, _ node: YAMLNode) -> Value {
    switch text {
    case "true": return true
    case "false": return false
    case "null": return .null
    case "":
      report(.missingKey, "a value is missing here", at: node, hint: "write null, or \"\" for an empty text")
      return .null
    default: break
    }
    guard let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
      let value = try? Value(json: text.utf8)
    else { return .string(text) }
    if case .double = value, Self.isInteger(text) {
      report(.number, "\(text) does not fit into 64 bits", at: node, hint: "put it in quotes to keep it as text")
    }
    return value
  }

  private static func isInteger(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
  }
}

extension Reading {
  /// `with:` — names and values whose texts may embed expressions.
  func parameters(_ node: YAMLNode) -> [Parameter] {
    guard let entries = node.entries else {
      reportShape("a mapping", at: node)
      return []
    }
    return entries.map { Parameter(name: $0.name, value: valueTemplate($0.value)) }
  }

  private func valueTemplate(_ node: YAMLNode) -> ValueTemplate {
    switch node.kind {
    case .mapping: .map(parameters(node))
    case .sequence(let items): .list(items.map(valueTemplate))
    case .scalar(let text, _) where text.contains("${"): .template(template(text, in: node))
    case .scalar: .literal(value(node))
    }
  }
}
