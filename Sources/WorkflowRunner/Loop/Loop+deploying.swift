import CEL
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

/// A deployment and what it does to running instances are one batch: nobody ever sees the one without the other.
extension Loop {
  func deploy(_ plan: DeployPlan, _ request: Request, _ batch: inout Batch, _ now: Timestamp) -> DeployPlan {
    var plan = plan
    let people = batch.world.deployment.people
    batch.world.deployment.apply(plan)
    settleSeats(since: people, &batch, now)
    guard plan.report.isDeployed else { return plan }
    for (version, _) in plan.newVersions {
      guard let report = migrate(to: version, by: request.principal, &batch, now) else { continue }
      plan.report.migrations.append(report)
    }
    batch.world.deployment.reports[0] = plan.report
    return plan
  }

  /// Takes the seats of people who lost them: what nobody may decide any more is blocked at once, not at its next command.
  private func settleSeats(since before: People, _ batch: inout Batch, _ now: Timestamp) {
    for number in batch.world.touched(by: before).sorted() {
      guard let instance = batch.world.live[number], let definition = batch.world.deployment.workflow(of: instance)
      else { continue }
      batch.commands += 1
      _ = try? apply(.tick, to: instance, definition, Request(by: "system:deployer", .advance), &batch, now)
    }
  }

  /// One command for each running instance of an earlier version; what does not fit stays and is listed.
  private func migrate(
    to successor: DeployedWorkflow, by principal: PersonID, _ batch: inout Batch, _ now: Timestamp
  ) -> MigrationReport? {
    guard let migration = successor.workflow.migration else { return nil }
    var moved = 0
    var stayed: [MigrationReport.Stayed] = []
    let names = Set(batch.world.deployment.names(of: successor.workflow.name))
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

extension World {
  /// Live instances that ask people, or were started by people, of whom `people.yaml` says something else than before.
  fileprivate func touched(by before: People) -> Set<Int> {
    let after = deployment.people
    if before.owners != after.owners { return Set(work.values.joined()) }
    let known = Set(before.people.keys).union(after.people.keys)
    let changed = known.filter { before.people[$0] != after.people[$0] }
    guard !changed.isEmpty else { return [] }
    let started = live.values.filter { changed.contains($0.initiator) && !$0.status.isEnded }.map(\.id.number)
    return changed.reduce(into: Set(started)) { $0.formUnion(work[$1] ?? []) }
  }
}
