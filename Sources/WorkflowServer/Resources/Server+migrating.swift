import CEL
import HTTPTypes
import HashTreeCollections
import Hummingbird
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

/// What the newest version of a workflow would make of the instances that run on earlier ones.
extension Server {
  func addMigrating(to api: RouterGroup<ServerContext>) {
    api.get("workflows/{name}/migration") { _, context in
      let successor = try live(context)
      let world = runner.snapshot
      let policy = runner.policy()
      let names = Set(world.deployment.names(of: successor.workflow.name))
      let earlier = world.live.values.filter { instance in
        names.contains(instance.workflow) && instance.version < successor.version
          && !instance.status.isEnded && maySee(instance, context.visitor, policy, world.deployment)
      }
      let trial = Impact.Trial(now: runner.clock(), policy: policy, digest: { Hex.sha256($0) })
      let groups = InstanceGroup.groups(of: Array(earlier)) { instance in
        guard let before = world.deployment.workflow(of: instance) else { return .stays }
        return trial.fate(of: instance, from: before, to: successor)
      }
      return Response.json([
        "workflow": .string(successor.workflow.name), "version": .int(Int64(successor.version)),
        "migrates": .bool(successor.workflow.migration != nil), "running": .int(Int64(earlier.count)),
        "instances": .list(groups.map(\.json)),
      ])
    }
  }
}
