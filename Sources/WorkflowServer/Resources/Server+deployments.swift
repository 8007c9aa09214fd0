import CEL
import HTTPTypes
import Hummingbird
import WorkflowFiles
import WorkflowRunner

extension Server {
  func addDeployments(to api: RouterGroup<ServerContext>) {
    api.get("deployments") { _, _ in
      let deployment = runner.snapshot.deployment
      var body: ValueMap = ["items": .list(deployment.reports.map(\.json))]
      body["commit"] = deployment.commit.map { .string($0) }
      return Response.json(.map(body))
    }
    api.get("deployments/{commit}") { request, context in
      let commit = try context.text("commit")
      guard let report = runner.snapshot.deployment.reports.first(where: { $0.commit == commit }) else {
        throw Problem(status: .notFound, code: "not-found", "no deployment of '\(commit)' is remembered")
      }
      return Response.json(report.json).tagged("\(commit)-\(report.at)", for: request)
    }
    api.post("deployments") { request, context in
      let body = try await request.json().allowing(["commit", "accept_rewrite"])
      let accepts = body["accept_rewrite"]?.boolValue ?? false
      return try await deploy(try body.required("commit"), acceptsRewrite: accepts, for: context.visitor)
    }
  }

  /// Only what the deploy branch is at: whoever may push there decides what is live, and nobody else.
  private func deploy(_ commit: String, acceptsRewrite: Bool, for visitor: Visitor) async throws -> Response {
    guard visitor.hasToken, let person = visitor.person, let deployer else {
      throw Problem(
        status: .forbidden, code: "not-allowed", "a page deploys nothing",
        hint: "commit on the deploy branch, or use 'writ deploy'")
    }
    do {
      if let report = try await deployer.deployTip(commit, rewriteAcceptedBy: acceptsRewrite ? person : nil) {
        return .json(report.json)
      }
    } catch let error as SubmitError {
      throw Problem(error)
    }
    throw Problem(
      status: .conflict, code: "conflict", "the deploy branch is not at \(commit.prefix(12))",
      hint: "push or merge the commit there; this server then deploys it by itself")
  }

  func addHealth(to router: Router<ServerContext>) {
    router.get("livez") { _, _ in Response.json(["status": "alive"]) }
    router.get("readyz") { _, _ in
      let world = runner.snapshot
      var body: ValueMap = ["status": "ready", "sequence": .int(Int64(world.sequence))]
      body["commit"] = world.deployment.commit.map { .string($0) }
      body["mirror_lag"] = (mirror?.standing?.lag).map { .int(Int64($0)) }
      return Response.json(.map(body))
    }
    router.get("openapi.json") { request, _ in Response.json(OpenAPI.document).tagged(OpenAPI.version, for: request) }
  }
}
