import CEL
import WorkflowEngine
import WorkflowReports

extension DeployedWorkflow {
  var summary: ValueMap {
    var body: ValueMap = [
      "name": .string(workflow.name), "short_name": .string(workflow.shortName), "version": .int(Int64(version)),
      "title": .string(workflow.title), "digest": .string(digest), "tags": .list(workflow.tags.map { .string($0) }),
    ]
    body["description"] = workflow.summary.map { .string($0) }
    body["owner"] = workflow.owner.map { .string($0.description) }
    return body
  }

  var json: Value {
    var body = summary
    body["input"] = workflow.input?.source
    body["start"] = .string(workflow.start)
    body["steps"] = .list(workflow.steps.map(\.json))
    body["access"] = [
      "start": .list(workflow.access.start.map { .string($0.description) }),
      "view": .list((workflow.access.view ?? []).map { .string($0.description) }),
      "operate": .list((workflow.access.operate ?? [.owner]).map { .string($0.description) }),
    ]
    return .map(body)
  }
}

extension Step {
  var json: Value {
    var body: ValueMap = [
      "id": .string(id), "type": .string(type), "title": .string(label),
      "then": .map(ValueMap(then.map { ($0.key, .string($0.value)) })),
    ]
    body["description"] = summary.map { .string($0) }
    return .map(body)
  }
}

extension Graph {
  /// The picture as data, for those who draw it themselves.
  var json: Value {
    [
      "title": .string(title),
      "nodes": .list(
        nodes.map { ["id": .string($0.id), "title": .string($0.title), "subtitle": .string($0.subtitle)] }),
      "edges": .list(
        edges.map {
          [
            "from": .string($0.from), "to": .string($0.to), "label": .string($0.label),
            "kind": .string($0.kind.rawValue),
          ]
        }),
    ]
  }
}
