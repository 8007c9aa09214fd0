import CEL

extension OpenAPI {
  static let schemas: ValueMap = [
    "Anything": [:],
    "Health": object(
      ["status": text, "sequence": integer, "commit": text, "mirror_lag": integer], required: ["status"]),
    "Problem": object(
      [
        "type": text, "title": text, "status": integer, "code": text, "detail": text, "hint": text, "instance": text,
        "errors": list(object(["pointer": text, "message": text], required: ["pointer", "message"])),
      ], required: ["status", "code", "detail"]),
    "Workflow": object(
      [
        "name": text, "short_name": text, "version": integer, "title": text, "description": text, "digest": text,
        "owner": text, "tags": list(text), "input": [:], "start": text, "steps": list([:]), "access": [:],
      ], required: ["name", "version", "title", "digest"]),
    "Workflows": object(["items": list(reference("schemas", "Workflow"))], required: ["items"]),
    "Migration": object(
      [
        "workflow": text, "version": integer, "migrates": flag, "running": integer,
        "instances": list(
          object(
            [
              "version": integer, "at": list(text), "ids": list(text), "fate": ["enum": ["stays", "moves", "misfits"]],
              "to": list(text), "past_approvals": list(text), "incidents": list(text), "because": list(text),
            ], required: ["version", "at", "ids", "fate"])),
      ], required: ["workflow", "version", "migrates", "running", "instances"]),
    "Graph": object(["title": text, "nodes": list([:]), "edges": list([:])], required: ["nodes", "edges"]),
    "Instance": object(
      [
        "id": text, "number": integer, "workflow": text, "version": integer, "title": text, "status": text,
        "initiator": text, "started_at": instant, "due": instant, "ended_at": instant, "outcome": text,
        "events": integer, "has_incident": flag, "suspended": flag, "definition": text, "input": [:], "vars": [:],
        "output": [:], "caller": [:], "open": list(reference("schemas", "WorkItem")),
      ], required: ["id", "number", "workflow", "version", "status"]),
    "Instances": object(["items": list(reference("schemas", "Instance")), "next": text], required: ["items"]),
    "Timeline": object(
      [
        "items": list(
          object(["n": integer, "at": instant, "event": text, "text": text], required: ["n", "at", "event"]))
      ],
      required: ["items"]),
    "Evidence": object(["items": list(["type": "object"])], required: ["items"]),
    "Receipt": object(
      ["sequence": integer, "replay": flag, "instance": reference("schemas", "Instance")], required: ["sequence"]),
    "WorkItem": object(
      [
        "id": text, "instance": text, "workflow": text, "title": text, "step": text, "visit": integer, "item": text,
        "type": text,
        "since": instant, "due": instant, "asked": list(text), "calls": text, "child": text, "undoes": integer,
        "level": text, "digest": text,
        "shown": list(object(["label": text, "value": [:]], required: ["label", "value"])), "form": [:], "prefill": [:],
        "outcomes": list(text), "moves": list(text), "decisions": list([:]), "questions": list([:]), "question": text,
        "incident": [:],
        "nonce": text, "definition": text, "repository": text, "assurance": text,
      ], required: ["id", "step", "visit"]),
    "Work": object(["items": list(reference("schemas", "WorkItem"))], required: ["items"]),
    "Moves": object(
      [
        "items": list(
          object(
            ["move": text, "step": text, "visit": integer, "by": list(text), "form": [:]],
            required: ["move", "step", "visit"]))
      ], required: ["items"]),
    "Move": object(["move": text, "step": text, "result": ["type": "object"]], required: ["move"], isClosed: true),
    "Events": object(
      [
        "items": list(object(["name": text, "schema": [:], "workflows": list(text)], required: ["name", "workflows"]))
      ],
      required: ["items"]),
    "Message": [
      "oneOf": [
        object(
          ["event": text, "key": text, "source": text, "id": text, "data": [:]], required: ["event"], isClosed: true),
        object(
          ["specversion": ["const": "1.0"], "type": text, "source": text, "id": text, "subject": text, "data": [:]],
          required: ["specversion", "type", "source", "id"]),
      ]
    ],
    "MessageReceipt": object(
      [
        "sequence": integer, "replay": flag,
        "message": reference("schemas", "MessageStanding"),
      ], required: ["sequence", "message"]),
    "MessageStanding": object(
      [
        "number": integer, "event": text, "key": text, "by": text, "at": instant, "until": instant, "reached": integer,
        "standing": ["enum": ["delivered", "kept", "claimed", "unclaimed"]], "instances": list(text),
      ], required: ["number", "event", "standing", "reached", "instances"]),
    "Messages": object(["items": list(reference("schemas", "MessageStanding"))], required: ["items"]),
    "JobWish": object(["type": text, "max": integer, "wait": integer], required: ["type"], isClosed: true),
    "Jobs": object(
      [
        "items": list(
          object(
            [
              "id": text, "lease": text, "type": text, "instance": text, "step": text, "visit": integer,
              "attempt": integer, "input": ["type": "object"], "until": instant,
            ], required: ["id", "lease", "type", "instance", "step", "visit", "attempt", "input", "until"]))
      ], required: ["items"]),
    "JobResult": object(["lease": text, "result": [:]], required: ["lease"], isClosed: true),
    "JobFailure": object(["lease": text, "code": text, "message": text], required: ["lease", "code"], isClosed: true),
    "JobExtension": object(["lease": text, "seconds": integer], required: ["lease", "seconds"], isClosed: true),
    "JobAnswer": object(["sequence": integer], required: ["sequence"]),
    "JobTime": object(["until": instant], required: ["until"]),
    "Deployment": object(
      [
        "commit": text, "at": instant, "by": text, "subject": text, "deployed": flag, "people": flag, "versions": [:],
        "retired": list(text), "findings": list(text),
        "migrations": list(
          object(
            [
              "workflow": text, "version": integer, "moved": integer, "more": integer,
              "stayed": list(object(["instance": text, "because": list(text)], required: ["instance", "because"])),
            ], required: ["workflow", "version", "moved", "stayed"])),
      ], required: ["commit", "deployed"]),
    "Deployments": object(["items": list(reference("schemas", "Deployment")), "commit": text], required: ["items"]),
    "Deploy": object(["commit": text, "accept_rewrite": flag], required: ["commit"], isClosed: true),
    "InboxBranch": object(
      ["branch": text, "frozen": flag, "read": text, "commit": text, "problem": text, "remedy": text],
      required: ["branch", "frozen"]),
    "Acceptance": object(["commit": text, "reason": text], required: ["commit", "reason"], isClosed: true),
    "Start": object(["workflow": text, "input": ["type": "object"]], required: ["workflow"], isClosed: true),
    "Reason": object(["reason": text], required: [], isClosed: true),
    "Retry": object(["step": text, "reason": text], required: [], isClosed: true),
    "Reopen": object(["step": text, "reason": text], required: ["reason"], isClosed: true),
    "Skip": object(
      ["step": text, "outcome": text, "result": ["type": "object"], "reason": text], required: ["reason"],
      isClosed: true),
    "Comment": object(["text": text, "step": text], required: ["text"], isClosed: true),
    "Question": object(["text": text, "of": text], required: ["text"], isClosed: true),
    "Answer": object(["text": text, "question": integer], required: ["text"], isClosed: true),
    "Completion": object(["outcome": text, "result": ["type": "object"]], required: [], isClosed: true),
    "Decision": object(
      [
        "decision": ["enum": ["approve", "reject", "return"]], "reason": text, "digest": text, "nonce": text,
        "document": text, "signature": text,
      ], required: [], isClosed: true),
    "Delegation": object(["to": text, "seat": text], required: [], isClosed: true),
  ]

  private static let text: Value = ["type": "string"]
  private static let integer: Value = ["type": "integer"]
  private static let flag: Value = ["type": "boolean"]
  private static let instant: Value = ["type": "string", "format": "date-time"]

  private static func list(_ item: Value) -> Value { ["type": "array", "items": item] }

  private static func object(_ properties: ValueMap, required: [String], isClosed: Bool = false) -> Value {
    var body: ValueMap = [
      "type": "object", "properties": .map(properties), "required": .list(required.map { .string($0) }),
    ]
    if isClosed { body["additionalProperties"] = false }
    return .map(body)
  }
}
