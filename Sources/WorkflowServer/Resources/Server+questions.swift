import Hummingbird
import WorkflowEngine
import WorkflowReports

/// Asking before deciding, and answering.
extension Server {
  func addQuestions(to api: RouterGroup<ServerContext>) {
    api.post("approvals/{id}/questions") { request, context in
      let item = try approval(context)
      let body = try await request.json().allowing(["text", "of"])
      let ask = Command.Action.ask(
        try body.required("text"), of: try body.text("of"), step: item.visit.step, visit: item.visit.number)
      return try await act(ask, on: item.of.instance, request, context)
    }
    api.post("approvals/{id}/answers") { request, context in
      let item = try approval(context)
      let body = try await request.json().allowing(["text", "question"])
      let answer = Command.Action.answer(
        try body.required("text"), question: try body.integer("question"), step: item.visit.step,
        visit: item.visit.number)
      return try await act(answer, on: item.of.instance, request, context)
    }
  }
}
