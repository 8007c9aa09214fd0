import CEL
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

/// The files that the inbox should have: one for each person who is asked, for each open approval and task.
struct InboxRequests {
  let world: World
  let policy: Policy
  let now: Timestamp

  /// The files of one instance by path; none where nothing is asked.
  func files(of number: Int) -> [String: (InboxAnswer?) -> [UInt8]] {
    guard let instance = world.live[number], !instance.isSuspended else { return [:] }
    var files: [String: (InboxAnswer?) -> [UInt8]] = [:]
    for visit in instance.visits {
      for question in visit.questions where visit.incident == nil {
        guard let asked = InboxQuestion(question, at: visit, of: instance, repository: world.repository) else {
          continue
        }
        files[asked.binding.path] = { asked.bytes(answering: $0) }
      }
      for person in asked(in: visit) {
        if let request = InboxRequest(visit, of: instance, for: person, repository: world.repository) {
          files[request.binding.path] = { request.bytes(answering: $0) }
        } else if let task = task(visit, of: instance, for: person) {
          files[task.binding.path] = { task.bytes(answering: $0) }
        }
      }
    }
    return files
  }

  /// Everybody who is asked, and whoever covers those who are absent today.
  private func asked(in visit: Visit) -> [PersonID] {
    let covers = visit.asked.flatMap { policy.covers(for: $0, at: now) }.filter {
      policy.covers($0, in: visit, at: now)
    }
    return visit.asked + covers.filter { !visit.asked.contains($0) }
  }

  private func task(_ visit: Visit, of instance: Instance, for person: PersonID) -> InboxTask? {
    guard case .task(let step)? = world.deployment.workflow(of: instance)?.workflow.step(visit.step)?.kind else {
      return nil
    }
    return InboxTask(
      visit, of: instance, for: person, fields: step.form?.formFields ?? [], outcomes: step.outcomes,
      repository: world.repository)
  }

  /// The instance that a path of the inbox belongs to: `expense-approval-42.manager_approval.1.manager/bob.yaml`.
  static func instance(of path: String) -> Int? {
    path.split(separator: "/").first?.split(separator: ".").first.flatMap { InstanceID(String($0)) }?.number
  }
}
