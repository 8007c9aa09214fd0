import CEL
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

/// A deployment and what it does to running instances are one batch: nobody ever sees the one without the other.
extension Loop {
  func deploy(_ plan: DeployPlan, _ request: Request, _ batch: inout Batch, _ now: Timestamp) -> DeployPlan {
    var plan = plan
    batch.world.deployment.apply(plan)
    guard plan.report.isDeployed else { return plan }
    for (version, _) in plan.newVersions {
      guard let report = migrate(to: version, by: request.principal, &batch, now) else { continue }
      plan.report.migrations.append(report)
    }
    batch.world.deployment.reports[0] = plan.report
    return plan
  }

  /// One command for each running instance of an earlier version; what does not fit stays and is listed.
  private func migrate(
    to successor: DeployedWorkflow, by principal: PersonID, _ batch: inout Batch, _ now: Timestamp
  ) -> MigrationReport? {
    guard let migration = successor.workflow.migration else { return nil }
    var moved = 0
    var stayed: [MigrationReport.Stayed] = []
    let names = Set([successor.workflow.name] + batch.world.deployment.formerNames(of: successor.workflow.name))
    let running = batch.world.live.values.filter { instance in
      names.contains(instance.workflow) && !instance.status.isEnded && migration.admits(instance.version)
    }
    for instance in running.sorted(by: { $0.id < $1.id }) {
      guard let definition = batch.world.deployment.workflow(of: instance) else { continue }
      batch.commands += 1
      do throws(Rejection) {
        _ = try apply(.follow, to: instance, definition, Request(by: principal, .advance), &batch, now)
        moved += 1
      } catch {
        let reasons = error.violations.isEmpty ? [error.message] : error.violations.map(\.message)
        stayed.append(MigrationReport.Stayed(instance: instance.id, reasons: reasons))
      }
    }
    return MigrationReport(
      workflow: successor.workflow.name, version: successor.version, moved: moved, stayed: stayed)
  }
}
