/// A schema of a workflow.
struct SchemaPlace {
  var schema: Schema
  var path: [PathElement]
  /// Whether it is the fields that people fill in.
  var isForm: Bool
}

extension Workflow {
  /// Every schema, in the order of the file.
  var schemas: [SchemaPlace] {
    var places: [SchemaPlace] = []
    func add(_ schema: Schema?, _ path: [PathElement], isForm: Bool) {
      if let schema { places.append(SchemaPlace(schema: schema, path: path, isForm: isForm)) }
    }
    add(input, ["input"], isForm: true)
    for variable in variables { add(variable.schema, ["vars", .key(variable.name), "schema"], isForm: false) }
    for event in events { add(event.schema, ["events", .key(event.name), "schema"], isForm: false) }
    for step in steps {
      switch step.kind {
      case .task(let task): add(task.form, step.root + ["form"], isForm: true)
      case .service(let service): add(service.output, step.root + ["output"], isForm: false)
      case .state(let state):
        for (number, move) in state.moves.enumerated() {
          add(move.form, step.path(ofMove: number, of: state) + ["form"], isForm: true)
        }
      default: break
      }
    }
    return places
  }

  /// Whether anything in it is marked `sensitive`.
  package var isSensitive: Bool { schemas.contains(where: \.schema.isSensitive) }
}
