import HTTPTypes
import Hummingbird
import WorkflowReports

/// Style sheet, modules and icon, embedded in the program.
extension Server {
  func addAssets(to router: Router<ServerContext>) {
    router.get("assets/{name}") { request, context in
      let name = try context.text("name")
      guard let asset = Asset.named(name) else {
        throw Problem(status: .notFound, code: "not-found", "there is no asset '\(name)'")
      }
      return Response.bytes(asset.bytes, asset.type).tagged(asset.tag, for: request)
    }
  }
}
