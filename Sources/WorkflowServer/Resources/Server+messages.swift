import CEL
import HTTPTypes
import HashTreeCollections
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
    api.get("messages") { request, context in
      let text = request.query("standing") ?? MessageFile.Standing.kept.rawValue
      guard let standing = MessageFile.Standing(rawValue: text) else {
        let words = MessageFile.Standing.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem.field("standing", "is one of \(words)")
      }
      let found = messages(standing, for: context.visitor)
      return Response.json(["items": .list(found.map { $0.json(reached($0, context.visitor)) })])
    }
    api.post("events") { request, context in
      let sent = try SentMessage(try await request.json(orOf: "application/cloudevents+json"))
      let receipt = try await submit(.send(sent), request, context)
      guard let file = receipt.message else {
        throw Problem(Rejection(.conflict, "the key was used for something else"))
      }
      let message = file.json(reached(file, context.visitor))
      return Response.json(
        ["sequence": .int(Int64(receipt.sequence)), "replay": .bool(receipt.isReplay), "message": message],
        status: file.standing == .kept ? .accepted : .ok)
    }
  }

  /// The latest messages of which this has become, newest first, that the visitor may know of: those that they sent, or
  /// that a workflow declares which they operate or may send messages to.
  func messages(_ standing: MessageFile.Standing, for visitor: Visitor) -> [MessageFile] {
    guard let person = visitor.person else { return [] }
    let (policy, world) = (runner.policy(), runner.snapshot)
    let workflows = world.deployment.current.keys.compactMap { world.deployment.workflow($0)?.workflow }
    let known = Set(
      workflows.flatMap { workflow in
        workflow.events.filter { event in
          policy.mayOperate(workflow, person) || policy.maySend(event, person, to: workflow, of: nil)
        }.map(\.name)
      })
    let found = world.mailbox.messages.lazy.map(\.value)
      .filter { $0.standing == standing && ($0.by == person || known.contains($0.message.event)) }
    return Array(found.sorted { $0.message.number > $1.message.number }.prefix(Self.mostMessages))
  }

  private static let mostMessages = 1_000

  /// Whom it reached, as far as the visitor may see them.
  private func reached(_ file: MessageFile, _ visitor: Visitor) -> [InstanceID] {
    file.instances.filter { id in
      (try? runner.instance(id.number)).flatMap { $0 }
        .map { maySee($0, visitor, runner.policy(), runner.snapshot.deployment) } ?? false
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
      "by": .string(by), "at": .string(at.rfc3339Milliseconds), "reached": .int(Int64(instances.count)),
      "instances": .list(seen.map { .string($0.description) }),
    ]
    body["key"] = message.key.map { .string($0) }
    body["until"] = until.map { .string($0.rfc3339Milliseconds) }
    return .map(body)
  }
}
