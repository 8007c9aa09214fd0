package import CEL
import WorkflowEngine

extension Impact {
  /// `{"record": bool, "refused": bool, "changes": [...]}`. Members are added, never changed or removed.
  package var json: Value {
    ["record": .bool(isRecordKnown), "refused": .bool(isRefused), "changes": .list(changes.map(\.json))]
  }
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
  package var json: Value {
    var body: ValueMap = [
      "version": .int(Int64(version)), "at": .strings(steps), "ids": .strings(instances.map(\.description)),
    ]
    switch fate {
    case .stays: body["fate"] = "stays"
    case .moves(let to, let past, let incidents):
      body["fate"] = "moves"
      body["to"] = .strings(to)
      if !incidents.isEmpty { body["incidents"] = .strings(incidents) }
      if !past.isEmpty { body["past_approvals"] = .strings(past) }
    case .misfits(let reasons):
      body["fate"] = "misfits"
      body["because"] = .strings(reasons)
    }
    return .map(body)
  }
}

extension Value {
  fileprivate static func strings(_ texts: [String]) -> Value { .list(texts.map { .string($0) }) }
}
