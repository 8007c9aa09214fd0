import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

/// The files that the inbox should have: one for each person who is asked, for each open approval and task.
struct InboxRequests {
  let world: World

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
      for person in visit.asked {
        if let request = InboxRequest(visit, of: instance, for: person, repository: world.repository) {
          files[request.binding.path] = { request.bytes(answering: $0) }
        } else if let task = task(visit, of: instance, for: person) {
          files[task.binding.path] = { task.bytes(answering: $0) }
        }
      }
    }
    return files
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
    path.split(separator: "/").first?.split(separator: ".").first.flatMap { InstanceID($0) }?.number
  }
}
