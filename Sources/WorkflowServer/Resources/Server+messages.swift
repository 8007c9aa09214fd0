import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

/// Messages from outside: CloudEvents, or plain fields.
extension Server {
  func addMessages(to api: RouterGroup<ServerContext>) {
    api.get("events") { _, context in
      guard context.visitor.person != nil else { return Response.json(["items": []]) }
      return Response.json(["items": .list(declaredEvents.map { .map($0) })])
    }
    api.post("events") { request, context in
      let sent = try SentMessage(try await request.json(orOf: "application/cloudevents+json"))
      let receipt = try await submit(.send(sent), request, context)
      guard let file = receipt.message else {
        throw Problem(Rejection(.conflict, "the key was used for something else"))
      }
      let seen = file.instances.filter { id in
        (try? runner.instance(id.number)).flatMap { $0 }
          .map { maySee($0, context.visitor, runner.policy(), runner.snapshot.deployment) } ?? false
      }
      return Response.json(
        ["sequence": .int(Int64(receipt.sequence)), "replay": .bool(receipt.isReplay), "message": file.json(seen)],
        status: file.standing == .kept ? .accepted : .ok)
    }
  }

  /// Each event of what is deployed, with the workflows that declare it.
  private var declaredEvents: [ValueMap] {
    let deployment = runner.snapshot.deployment
    var events: [String: ValueMap] = [:]
    for name in deployment.current.keys.sorted() {
      guard let workflow = deployment.workflow(name)?.workflow else { continue }
      for event in workflow.events {
        var body = events[event.name] ?? ["name": .string(event.name), "workflows": []]
        body["workflows"] = .list((body["workflows"]?.listValue ?? []) + [.string(name)])
        body["schema"] = body["schema"] ?? event.schema?.source
        events[event.name] = body
      }
    }
    return events.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension SentMessage {
  /// `{event, key, source, id, data}`; or CloudEvents 1.0, whose `type` ends in the event's name and whose `subject` is the
  /// key.
  fileprivate init(_ body: ValueMap) throws {
    guard let version = try body.text("specversion") else {
      let body = try body.allowing(["event", "key", "source", "id", "data"])
      self.init(
        event: try body.required("event"), key: try body.text("key"), source: try body.text("source"),
        id: try body.text("id"), payload: body["data"] ?? .null)
      return
    }
    guard version == "1.0" else { throw Problem.field("specversion", "is 1.0") }
    guard body["data_base64"] == nil else { throw Problem.field("data_base64", "is not read; send JSON as 'data'") }
    let type = try body.required("type")
    self.init(
      event: type.split(separator: ".").last.map(String.init) ?? type, key: try body.text("subject"),
      source: try body.required("source"), id: try body.required("id"), payload: body["data"] ?? .null)
  }
}

extension MessageFile {
  /// - Parameter seen: those of the instances that it reached which the asker may see.
  fileprivate func json(_ seen: [InstanceID]) -> Value {
    var body: ValueMap = [
      "number": .int(Int64(message.number)), "event": .string(message.event), "standing": .string(standing.rawValue),
      "at": .string(at.rfc3339Milliseconds), "reached": .int(Int64(instances.count)),
      "instances": .list(seen.map { .string($0.description) }),
    ]
    body["key"] = message.key.map { .string($0) }
    body["until"] = until.map { .string($0.rfc3339Milliseconds) }
    return .map(body)
  }
}
