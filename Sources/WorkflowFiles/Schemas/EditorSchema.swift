/// JSON Schemas (draft-07, which editors speak) of the files that people write, made from the same tables as the reader:
/// what an editor offers and underlines is what `writ check` takes. Names and types across places stay the checker's.
package struct EditorSchema: Sendable {
  /// `workflow`: it is kept as `docs/schemas/workflow.schema.json`.
  package let name: String
  private let title: String
  private let tables: [KeyTable]

  package static let all = [
    EditorSchema(
      name: "workflow", title: "A workflow of Writ", tables: [WorkflowKeys.process, WorkflowKeys.stateMachine]),
    EditorSchema(name: "people", title: "people.yaml of Writ", tables: [PeopleKeys.file]),
    EditorSchema(name: "writ", title: "writ.yaml of Writ", tables: [SettingsKeys.file]),
    EditorSchema(name: "messages", title: "Words of a workflow of Writ", tables: [MessageKeys.file]),
    EditorSchema(name: "test", title: "Scenarios of Writ", tables: [ScenarioKeys.file]),
  ]

  package var fileName: String { "\(name).schema.json" }

  /// Whether the file at a path of a repository is one of these.
  package func describes(_ path: String) -> Bool {
    let kind =
      switch path {
      case "people.yaml": "people"
      case "writ.yaml": "writ"
      case _ where !path.hasPrefix("workflows/") || !path.hasSuffix(".yaml"): ""
      default: path.hasSuffix(".test.yaml") ? "test" : path.hasSuffix(".messages.yaml") ? "messages" : "workflow"
      }
    return name == kind
  }

  /// The document's text.
  package func render() -> String {
    var definitions = Definitions()
    let root = definitions.root(of: tables)
    return JSONText.object(
      [("$schema", "http://json-schema.org/draft-07/schema#"), ("title", .string(title))] + root
        + [("definitions", .object(definitions.written))]
    ).render()
  }
}

extension EditorSchema {
  /// Tables become definitions, each written once, in the order in which they are met.
  struct Definitions {
    private(set) var written: [(String, JSONText?)] = []
    /// Name of the definition by what makes a table itself: its noun and its keys.
    private var names: [String: String] = [:]

    /// A file of one kind; or of two, told apart by the last required key of the second.
    mutating func root(of tables: [KeyTable]) -> [(String, JSONText?)] {
      let references = tables.map { reference(to: $0) }
      guard tables.count == 2, let mark = tables[1].keys.last(where: \.isRequired) else {
        return [("allOf", .list(references))]
      }
      return [
        ("if", .object([("required", .list([.string(mark.name)]))])), ("then", references[1]), ("else", references[0]),
      ]
    }

    mutating func reference(to table: KeyTable) -> JSONText {
      .object([("$ref", .string("#/definitions/\(name(of: table))"))])
    }

    private mutating func name(of table: KeyTable) -> String {
      let identity = ([table.noun] + table.keys.map(\.name)).joined(separator: "\n")
      if let known = names[identity] { return known }
      let plain = table.noun.split(separator: " ").drop { $0 == "a" || $0 == "an" }.joined(separator: "-")
      let taken = names.values.count {
        $0 == plain || $0.hasPrefix(plain + "-") && Int($0.dropFirst(plain.count + 1)) != nil
      }
      let name = taken == 0 ? plain : "\(plain)-\(taken + 1)"
      names[identity] = name
      let place = written.count
      written.append((name, nil))
      written[place].1 = object(table)
      return name
    }

    private mutating func object(_ table: KeyTable) -> JSONText {
      let required = table.keys.filter(\.isRequired).map { JSONText.string($0.name) }
      let properties = table.keys.map { ($0.name, Optional(property($0))) }
      return .object([
        ("type", "object"),
        ("required", required.isEmpty ? nil : .list(required)),
        ("additionalProperties", .bool(false)),
        ("properties", .object(properties)),
      ])
    }

    /// Beside `$ref` draft-07 reads nothing, so what the key says stands around it.
    private mutating func property(_ key: KeyTable.Key) -> JSONText {
      let shape = shape(of: key.kind)
      guard case .object(let members) = shape, members.first?.0 != "$ref" else {
        return .object([("description", .string(key.doc)), ("allOf", .list([shape]))])
      }
      return .object([("description", .string(key.doc))] + members)
    }
  }
}
