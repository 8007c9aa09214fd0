import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

/// Open tasks and approvals: what waits for people, and their answers.
extension Server {
  func addWork(to api: RouterGroup<ServerContext>) {
    api.get("tasks") { _, context in list(inbox(of: context.visitor).filter { !$0.isApproval && !$0.isState }) }
    api.get("approvals") { _, context in list(inbox(of: context.visitor).filter(\.isApproval), context.visitor) }
    api.get("tasks/{id}") { request, context in try show(try task(context), request) }
    api.get("approvals/{id}") { request, context in try show(try approval(context), request) }
    api.post("tasks/{id}/complete") { request, context in
      let item = try task(context)
      let body = try await request.json().allowing(["outcome", "result"])
      let complete = Command.Action.complete(
        step: item.visit.step, visit: item.visit.number, outcome: try body.text("outcome"),
        result: body["result"] ?? .null)
      return try await act(complete, on: item.of.instance, request, context)
    }
    api.post("approvals/{id}/decisions") { request, context in
      let item = try approval(context)
      let body = try await request.json().allowing(["decision", "reason", "digest", "nonce", "document", "signature"])
      if body["document"] != nil { return try await handIn(body, for: item) }
      guard let verdict = Decision.Verdict(rawValue: try body.required("decision")) else {
        throw Problem.field("decision", "is one of approve, reject, return")
      }
      let decide = Command.Decide(
        step: item.visit.step, visit: item.visit.number, verdict, reason: try body.text("reason"),
        digest: try body.text("digest"), nonce: try body.text("nonce"))
      return try await act(.decide(decide), on: item.of.instance, request, context)
    }
    api.post("approvals/{id}/delegations") { request, context in
      let item = try approval(context)
      let body = try await request.json().allowing(["to", "seat"])
      let delegate = Command.Action.delegate(
        step: item.visit.step, to: try body.text("to"), seat: try body.text("seat"))
      return try await act(delegate, on: item.of.instance, request, context)
    }
    addQuestions(to: api)
  }

  /// A signed decision: the signature says whose it is, whoever brings it.
  private func handIn(_ body: ValueMap, for item: WorkItem) async throws -> Response {
    let signed = SignedDecision(
      document: Array(try body.required("document").utf8), signature: try body.required("signature"))
    do {
      let binding = try DecisionDocument.read(signed.document).binding
      guard binding.instance == item.of.instance.id, binding.step == item.visit.step else {
        throw Problem.field("document", "is about another request")
      }
      return try await runner.submit(signed).answer(status: .ok)
    } catch let rejection as Rejection {
      throw Problem(rejection)
    } catch let error as SubmitError {
      throw Problem(error)
    }
  }

  private func list(_ items: [WorkItem]) -> Response {
    .json(["items": .list(items.map { .map($0.summary) })])
  }

  /// Approvals, each with the question that waits for the visitor where they are asked nothing else.
  private func list(_ items: [WorkItem], _ visitor: Visitor) -> Response {
    let (policy, now) = (runner.policy(), runner.clock())
    return .json([
      "items": .list(
        items.map { item in
          var body = item.summary
          if let person = visitor.person, policy.isOnlyQuestioned(person, in: item.visit, at: now) {
            body["question"] = policy.questions(to: person, in: item.visit, at: now).first.map { .string($0.text) }
          }
          return .map(body)
        })
    ])
  }

  private func show(_ item: WorkItem, _ request: Hummingbird.Request) throws -> Response {
    Response.json(item.json(of: runner)).tagged("\(item.id)-\(item.of.instance.events)", for: request)
  }

  private func task(_ context: ServerContext) throws -> WorkItem { try work(context, isApproval: false) }
  func approval(_ context: ServerContext) throws -> WorkItem { try work(context, isApproval: true) }

  private func work(_ context: ServerContext, isApproval: Bool) throws -> WorkItem {
    let item = try workItem(context)
    guard item.isApproval == isApproval, !item.isState else {
      throw Problem(
        status: .notFound, code: "not-found", "'\(item.visit.step)' is not \(isApproval ? "an approval" : "a task")")
    }
    return item
  }

  /// `<instance>.<step>.<visit>` in the path.
  func workItem(_ context: ServerContext) throws -> WorkItem {
    let text = try context.text("id")
    guard let id = WorkID(text) else {
      throw Problem(
        status: .notFound, code: "not-found", "'\(text)' names no open work",
        hint: "it is spelt <instance>.<step>.<visit>, such as expense-approval-42.manager_approval.1")
    }
    return try workItem(id, for: context.visitor)
  }
}
