import CEL
import Hummingbird
import WorkflowEngine
import WorkflowReports
import WorkflowRunner

/// What is done to an instance as a whole, by operators and by those who may see it.
extension Server {
  func addActs(to api: RouterGroup<ServerContext>) {
    api.post("instances/{id}/cancel") { request, context in
      let body = try await request.json().allowing(["reason"])
      return try await act(.cancel(reason: try body.text("reason")), request, context)
    }
    api.post("instances/{id}/suspend") { request, context in
      let body = try await request.json().allowing(["reason"])
      return try await act(.suspend(reason: try body.text("reason")), request, context)
    }
    api.post("instances/{id}/resume") { request, context in
      let body = try await request.json().allowing(["reason"])
      return try await act(.resume(reason: try body.text("reason")), request, context)
    }
    api.post("instances/{id}/migrate") { request, context in
      let body = try await request.json().allowing(["reason"])
      return try await act(.migrate(reason: try body.text("reason")), request, context)
    }
    api.post("instances/{id}/retry") { request, context in
      let body = try await request.json().allowing(["step", "reason"])
      return try await act(.retry(step: try body.text("step"), reason: try body.text("reason")), request, context)
    }
    api.post("instances/{id}/reopen") { request, context in
      let body = try await request.json().allowing(["step", "reason"])
      return try await act(.reopen(step: try body.text("step"), reason: try body.text("reason")), request, context)
    }
    api.post("instances/{id}/withdraw") { request, context in
      let body = try await request.json().allowing(["step", "reason"])
      return try await act(.withdraw(step: try body.text("step"), reason: try body.text("reason")), request, context)
    }
    api.post("instances/{id}/skip") { request, context in
      let body = try await request.json().allowing(["step", "outcome", "result", "reason"])
      let skip = Command.Action.skip(
        step: try body.text("step"), outcome: try body.text("outcome"), result: body["result"],
        reason: try body.text("reason") ?? "")
      return try await act(skip, request, context)
    }
    api.post("instances/{id}/comments") { request, context in
      let body = try await request.json().allowing(["text", "step"])
      return try await act(.comment(try body.required("text"), step: try body.text("step")), request, context)
    }
  }

  private func act(
    _ action: Command.Action, _ request: Hummingbird.Request, _ context: ServerContext
  ) async throws -> Response {
    let found = try instance(try context.text("id"), for: context.visitor)
    return try await act(action, on: found.instance, request, context)
  }
}
