import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowReports
import WorkflowRunner

extension Server {
  func addWorkflows(to api: RouterGroup<ServerContext>) {
    api.get("workflows") { _, _ in
      let deployment = runner.snapshot.deployment
      let live = deployment.current.keys.sorted().compactMap { deployment.workflow($0) }
      return Response.json(["items": .list(live.map { .map($0.summary) })])
    }
    api.get("workflows/{name}") { request, context in
      let live = try live(context)
      return Response.json(live.json).tagged(live.digest, for: request)
    }
    api.get("workflows/{name}/versions") { _, context in
      let versions = try versions(context)
      return Response.json(["items": .list(versions.map { .map($0.summary) })])
    }
    api.get("workflows/{name}/versions/{version}") { request, context in
      let version = try version(context)
      return Response.json(version.json).tagged(version.digest, for: request)
    }
    api.get("workflows/{name}/versions/{version}/graph") { request, context in
      let version = try version(context)
      let graph = Graph(version.workflow)
      let wantsPicture = request.headers[.accept]?.contains("image/svg+xml") == true || request.query("format") == "svg"
      let answer =
        wantsPicture
        ? Response.bytes(graph.svg(GraphDrawing(isStandalone: true)).bytes, "image/svg+xml") : Response.json(graph.json)
      return answer.tagged("\(version.digest)-\(wantsPicture ? "svg" : "json")", for: request)
    }
  }

  /// The version that new instances start on.
  func live(_ context: ServerContext) throws -> DeployedWorkflow {
    let name = try context.text("name")
    guard let live = runner.snapshot.deployment.workflow(named: name) else {
      throw Problem(status: .notFound, code: "not-found", "no workflow is named '\(name)'")
    }
    return live
  }

  /// Every loaded version of a workflow, newest first; a retired one still has its versions.
  func versions(_ context: ServerContext) throws -> [DeployedWorkflow] {
    let name = try context.text("name")
    let all = runner.snapshot.deployment.versions
    guard let versions = all[name] ?? all.first(where: { $0.key.hasSuffix("/\(name)") })?.value else {
      throw Problem(status: .notFound, code: "not-found", "no workflow is named '\(name)'")
    }
    return versions.values.sorted { $0.version > $1.version }
  }

  private func version(_ context: ServerContext) throws -> DeployedWorkflow {
    let text = try context.text("version")
    guard let version = try versions(context).first(where: { String($0.version) == text }) else {
      throw Problem(status: .notFound, code: "not-found", "there is no version '\(text)' of it")
    }
    return version
  }
}

extension ServerContext {
  /// A part of the path, decoded.
  func text(_ name: String) throws -> String {
    FormBody.decoded(try parameters.require(name).utf8, plusIsBlank: false)
  }
}
