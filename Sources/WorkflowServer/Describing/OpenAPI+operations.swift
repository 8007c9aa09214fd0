import CEL

extension OpenAPI {
  /// One method of one path.
  struct Operation {
    var method: String
    var path: String
    var summary: String
    /// Name of the schema of what is sent, if anything.
    var takes: String?
    /// Name of the schema of what is answered; `nil`: not JSON.
    var gives: String?
    var status = "200"
    /// Names and descriptions of what the query may say.
    var query: [(String, String)] = []

    init(
      _ method: String, _ path: String, _ summary: String, takes: String? = nil, gives: String? = nil,
      status: String = "200", query: [(String, String)] = []
    ) {
      self.method = method
      self.path = path
      self.summary = summary
      self.takes = takes
      self.gives = gives
      self.status = status
      self.query = query
    }
  }

  static let operations: [Operation] = [
    Operation("get", "/livez", "The process is alive", gives: "Health"),
    Operation("get", "/readyz", "The record is loaded and can be written", gives: "Health"),
    Operation("get", "/openapi.json", "This description", gives: "Anything"),
    Operation("get", "/api/workflows", "What is live", gives: "Workflows"),
    Operation("get", "/api/workflows/{name}", "The version that new instances start on", gives: "Workflow"),
    Operation("get", "/api/workflows/{name}/versions", "Every version that is loaded", gives: "Workflows"),
    Operation("get", "/api/workflows/{name}/versions/{version}", "One version", gives: "Workflow"),
    Operation(
      "get", "/api/workflows/{name}/versions/{version}/graph", "Its picture, as data or as SVG", gives: "Graph",
      query: [("format", "'svg' for a picture; or ask with Accept: image/svg+xml")]),
    Operation(
      "get", "/api/workflows/{name}/migration", "What the newest version would make of instances on earlier ones",
      gives: "Migration"),
    Operation(
      "get", "/api/instances", "Instances that you may see, newest first", gives: "Instances",
      query: [
        ("status", "open, stuck, ended or all"), ("workflow", "path or short name"), ("person", "who started them"),
        ("before", "the 'next' of the page before"), ("limit", "1 to 200"),
      ]),
    Operation("post", "/api/instances", "Start an instance", takes: "Start", gives: "Receipt", status: "201"),
    Operation("get", "/api/instances/{id}", "One instance, by id or number", gives: "Instance"),
    Operation("get", "/api/instances/{id}/timeline", "Everything that happened to it", gives: "Timeline"),
    Operation("get", "/api/instances/{id}/evidence", "Every decision with what it stood on", gives: "Evidence"),
    Operation("post", "/api/instances/{id}/cancel", "Cancel it", takes: "Reason", gives: "Receipt"),
    Operation("post", "/api/instances/{id}/suspend", "Hold it", takes: "Reason", gives: "Receipt"),
    Operation("post", "/api/instances/{id}/resume", "Let it go on", takes: "Reason", gives: "Receipt"),
    Operation(
      "post", "/api/instances/{id}/migrate", "Move it to the newest version", takes: "Reason", gives: "Receipt"),
    Operation("post", "/api/instances/{id}/retry", "Have a stuck step tried again", takes: "Retry", gives: "Receipt"),
    Operation(
      "post", "/api/instances/{id}/skip", "Go on as if a stuck step had ended", takes: "Skip", gives: "Receipt"),
    Operation("post", "/api/instances/{id}/reopen", "Ask an open approval anew", takes: "Reopen", gives: "Receipt"),
    Operation(
      "post", "/api/instances/{id}/withdraw", "Take back what you asked for", takes: "Retry", gives: "Receipt"),
    Operation("post", "/api/instances/{id}/comments", "Say something about it", takes: "Comment", gives: "Receipt"),
    Operation("get", "/api/tasks", "Tasks that wait for you", gives: "Work"),
    Operation("get", "/api/tasks/{id}", "One open task, with its form", gives: "WorkItem"),
    Operation("post", "/api/tasks/{id}/complete", "Do it", takes: "Completion", gives: "Receipt"),
    Operation("get", "/api/approvals", "Decisions that wait for you", gives: "Work"),
    Operation("get", "/api/approvals/{id}", "One open approval, with what it shows", gives: "WorkItem"),
    Operation("post", "/api/approvals/{id}/decisions", "Decide", takes: "Decision", gives: "Receipt"),
    Operation(
      "post", "/api/approvals/{id}/delegations", "Lend a seat, or take it back", takes: "Delegation", gives: "Receipt"),
    Operation(
      "post", "/api/approvals/{id}/questions", "Ask somebody before you decide", takes: "Question", gives: "Receipt"),
    Operation(
      "post", "/api/approvals/{id}/answers", "Answer a question that was put to you", takes: "Answer", gives: "Receipt"
    ),
    Operation("get", "/api/moves", "States in which something can be done by you", gives: "Work"),
    Operation("get", "/api/instances/{id}/moves", "What you can do with it now, with the forms", gives: "Moves"),
    Operation("post", "/api/instances/{id}/moves", "Make a move", takes: "Move", gives: "Receipt"),
    Operation("get", "/api/events", "Events that workflows declare, and what they carry", gives: "Events"),
    Operation(
      "get", "/api/messages", "Messages that nobody waits for yet, or that something else has become of",
      gives: "Messages", query: [("standing", "kept, delivered, claimed or unclaimed; kept if left out")]),
    Operation(
      "post", "/api/events", "Send a message to whoever waits for it; also as application/cloudevents+json",
      takes: "Message", gives: "MessageReceipt"),
    Operation(
      "post", "/api/jobs/activate", "Take jobs of a type, for a time", takes: "JobWish", gives: "Jobs"),
    Operation("post", "/api/jobs/{id}/complete", "It is done", takes: "JobResult", gives: "JobAnswer"),
    Operation("post", "/api/jobs/{id}/fail", "This attempt has failed", takes: "JobFailure", gives: "JobAnswer"),
    Operation("post", "/api/jobs/{id}/extend", "Take longer", takes: "JobExtension", gives: "JobTime"),
    Operation("get", "/api/deployments", "What became of the latest commits", gives: "Deployments"),
    Operation(
      "post", "/api/deployments", "Deploy the tip of the deploy branch now", takes: "Deploy", gives: "Deployment"),
    Operation("get", "/api/deployments/{commit}", "What became of one commit", gives: "Deployment"),
    Operation("get", "/api/inbox", "Whether decisions are taken from writ/inbox", gives: "InboxBranch"),
    Operation(
      "post", "/api/inbox/acceptances", "Go on from a rewritten writ/inbox", takes: "Acceptance", gives: "Receipt"),
    Operation("get", "/api/changes", "Live changes as server-sent events, with Last-Event-ID"),
  ]
}

extension OpenAPI.Operation {
  var description: Value {
    var body: ValueMap = ["summary": .string(summary), "operationId": .string(identifier)]
    var parameters = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part -> Value in
      [
        "name": .string(String(part.dropFirst().dropLast())), "in": "path", "required": true,
        "schema": ["type": "string"],
      ]
    }
    parameters += query.map { name, words in
      ["name": .string(name), "in": "query", "description": .string(words), "schema": ["type": "string"]]
    }
    if path.hasPrefix("/api/") { parameters.append(OpenAPI.reference("parameters", "Person")) }
    if method == "post" { parameters.append(OpenAPI.reference("parameters", "IdempotencyKey")) }
    if !parameters.isEmpty { body["parameters"] = .list(parameters) }
    if let takes {
      body["requestBody"] = ["content": ["application/json": ["schema": OpenAPI.reference("schemas", takes)]]]
    }
    body["responses"] = [status: success, "default": OpenAPI.reference("responses", "Problem")]
    return .map(body)
  }

  private var success: Value {
    guard let gives else { return ["description": "A stream.", "content": ["text/event-stream": [:]]] }
    var content: ValueMap = ["application/json": ["schema": OpenAPI.reference("schemas", gives)]]
    if gives == "Graph" { content["image/svg+xml"] = [:] }
    return ["description": .string(summary), "content": .map(content)]
  }

  /// `postApiInstancesIdCancel`
  private var identifier: String {
    let words = path.split { !($0.isLetter || $0.isNumber) }
    return method + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

extension OpenAPI {
  /// What a path takes, by its description: `GET`, `POST`; nothing where there is no such path.
  static func methods(at path: String) -> [String] {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return operations.filter { operation in
      let pattern = operation.path.split(separator: "/", omittingEmptySubsequences: false)
      return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }.map { $0.method.uppercased() }
  }
}
