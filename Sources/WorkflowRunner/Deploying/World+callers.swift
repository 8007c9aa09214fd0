import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

extension World {
  /// What a commit would break: calls of versions on which instances still run, and which the commit itself no longer has.
  func brokenCalls(by checked: CheckedRepository) -> [String] {
    // A call by the name of before reaches the workflow all the same.
    let former = checked.workflows.values.compactMap { workflow in workflow.renamedFrom.map { ($0, workflow) } }
    let callees = checked.workflows.merging(former) { now, _ in now }
    struct Version: Hashable {
      var workflow: String
      var number: Int
    }
    var alive: [Version: Int] = [:]
    for instance in live.values where !instance.status.isEnded {
      alive[Version(workflow: instance.workflow, number: instance.version), default: 0] += 1
    }
    return alive.sorted { ($0.key.workflow, $0.key.number) < ($1.key.workflow, $1.key.number) }.flatMap {
      version, count -> [String] in
      guard let caller = deployment.versions[version.workflow]?[version.number]?.workflow,
        checked.workflows[version.workflow]?.meaning != caller.meaning
      else { return [] }
      let who = count == 1 ? "one instance runs" : "\(count) instances run"
      return Checker.brokenCalls(
        of: caller, among: callees, people: checked.people, settings: checked.settings
      ).map { "version \(version.number) of \(version.workflow), on which \(who), could not go on: \($0)" }
    }
  }
}
