import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// The branch `writ/inbox`: whether decisions are taken from it, and who lets it go on when it was rewritten.
extension Server {
  func addInbox(to api: RouterGroup<ServerContext>) {
    api.get("inbox") { _, _ in
      var body: ValueMap = ["branch": .string(Intake.branch), "frozen": false]
      if let rewrite = intake?.rewrite {
        let alarm = rewrite.alarm(remote: runner.snapshot.deployment.settings.remote)
        body["frozen"] = true
        body["read"] = .string(rewrite.from)
        body["commit"] = .string(rewrite.to)
        body["problem"] = .string(alarm.words)
        body["remedy"] = .string(alarm.remedy)
      }
      return Response.json(.map(body))
    }
    api.post("inbox/acceptances") { request, context in
      let body = try await request.json().allowing(["commit", "reason"])
      return try await accept(try body.required("commit"), try body.required("reason"), request, context.visitor)
    }
  }

  /// The door of the command line only, as for deployments.
  private func accept(
    _ commit: String, _ reason: String, _ request: Hummingbird.Request, _ visitor: Visitor
  ) async throws -> Response {
    guard visitor.hasToken, let person = visitor.person, let intake else {
      throw Problem(
        status: .forbidden, code: "not-allowed", "a page accepts no rewritten history",
        hint: "use 'writ inbox --accept-rewrite'")
    }
    let key = try request.idempotencyKey
    do throws(SubmitError) {
      return try await intake.accept(commit, by: person, reason: reason, key: key).answer(status: .ok)
    } catch {
      throw Problem(error)
    }
  }
}
