package import CEL
import WorkflowEngine

extension Impact {
  /// `{"record": bool, "changes": [...]}`. Members are added, never changed or removed.
  package var json: Value { ["record": .bool(isRecordKnown), "changes": .list(changes.map(\.json))] }
}

extension WorkflowChange {
  fileprivate var json: Value {
    var body: ValueMap = [
      "workflow": .string(name), "change": .string(kind.rawValue), "running": .int(Int64(running)),
      "steps": [
        "added": .strings(steps.added), "changed": .strings(steps.changed), "removed": .strings(steps.removed),
      ],
      "instances": .list(groups.map(\.json)),
    ]
    body["version"] = version.map { .int(Int64($0)) }
    return .map(body)
  }
}

extension InstanceGroup {
  fileprivate var json: Value {
    [
      "version": .int(Int64(version)), "at": .strings(steps), "fate": .string("stays"),
      "ids": .strings(instances.map(\.description)),
    ]
  }
}

extension Value {
  fileprivate static func strings(_ texts: [String]) -> Value { .list(texts.map { .string($0) }) }
}
