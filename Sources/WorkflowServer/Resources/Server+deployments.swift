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
  }

  func addHealth(to router: Router<ServerContext>) {
    router.get("livez") { _, _ in Response.json(["status": "alive"]) }
    router.get("readyz") { _, _ in
      let world = runner.snapshot
      var body: ValueMap = ["status": "ready", "sequence": .int(Int64(world.sequence))]
      body["commit"] = world.deployment.commit.map { .string($0) }
      return Response.json(.map(body))
    }
    router.get("openapi.json") { request, _ in Response.json(OpenAPI.document).tagged(OpenAPI.version, for: request) }
  }
}
