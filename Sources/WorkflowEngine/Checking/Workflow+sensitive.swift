/// Fields that are marked `sensitive`, which this version neither encrypts nor hides.
extension Workflow {
  var sensitiveFields: [[PathElement]] {
    schemas.flatMap { schema, path in schema.sensitivePaths.map { path + $0 } }
  }

  /// Every schema of the file, with its place.
  private var schemas: [(Schema, [PathElement])] {
    let head: [(Schema?, [PathElement])] =
      [(input, ["input"])] + variables.map { ($0.schema, ["vars", .key($0.name), "schema"]) }
      + events.map { ($0.schema, ["events", .key($0.name), "schema"]) }
    let inside = steps.flatMap { step -> [(Schema?, [PathElement])] in
      switch step.kind {
      case .task(let task): [(task.form, step.root + ["form"])]
      case .service(let service): [(service.output, step.root + ["output"])]
      case .state(let state):
        state.moves.enumerated().map { ($1.form, step.path(ofMove: $0, of: state) + ["form"]) }
      default: []
      }
    }
    return (head + inside).compactMap { schema, path in schema.map { ($0, path) } }
  }
}

extension Schema {
  fileprivate var sensitivePaths: [[PathElement]] {
    nodes.filter(\.notes.isSensitive).map { node in
      let parts = node.pointer.split(separator: "/").map { part -> PathElement in
        Int(part).map { .index($0) }
          ?? .key(String(part).replacing("~1", with: "/").replacing("~0", with: "~"))
      }
      return parts + ["sensitive"]
    }
  }
}
