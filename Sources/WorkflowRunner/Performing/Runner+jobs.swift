package import CEL
import HashTreeCollections
package import WorkflowEngine

/// The door for workers outside: they take jobs of a type, and answer each within its time.
extension Runner {
  package static let mostJobsAtOnce = 100
  package static let longestLease: Duration = .seconds(3_600)

  package func takeJobs(_ type: String, most: Int, by person: PersonID) throws(Rejection) -> [JobLease] {
    try authorize(person, type)
    let world = snapshot
    return jobs.take(type, most: min(most, Self.mostJobsAtOnce), by: person, at: clock()) { job in
      world.live[job.instance.number]?.owes(job) ?? false
    }
  }

  /// Ends the attempt. An answer to what was cancelled meanwhile is recorded as late, and moves nothing.
  package func answer(
    _ id: String, _ lease: String, by person: PersonID, _ performed: Performed
  ) async throws(SubmitError) -> Receipt {
    let lease = try held(id, lease, by: person)
    let receipt = try await submit(
      Request(by: person, .act(lease.job.instance.number, performed.storable.action(for: lease.job))))
    jobs.giveBack(lease)
    return receipt
  }

  /// The worker needs longer.
  ///
  /// - Returns: until when it may now take.
  package func prolong(
    _ id: String, _ lease: String, by person: PersonID, for span: Duration
  ) throws(SubmitError) -> Timestamp {
    let lease = try held(id, lease, by: person)
    guard snapshot.live[lease.job.instance.number]?.owes(lease.job) ?? false else {
      jobs.giveBack(lease)
      throw .refused(Rejection(.closed, "\(id) is not needed any more", hint: "stop working on it"))
    }
    let until = clock().adding(min(span, Self.longestLease))
    jobs.prolong(lease, until: until)
    return until
  }

  private func held(_ id: String, _ number: String, by person: PersonID) throws(SubmitError) -> JobLease {
    guard let lease = jobs.lease(id, number, of: person, at: clock()) else {
      throw .refused(
        Rejection(
          .conflict, "\(id) is not in your hands, or not any more", hint: "take it again; what you did may count twice")
      )
    }
    return lease
  }

  private func authorize(_ person: PersonID, _ type: String) throws(Rejection) {
    guard let workers = snapshot.deployment.settings.workers[type] else {
      throw Rejection(
        .notFound, "writ.yaml names no workers for '\(type)'",
        hint: Spelling.nearest(to: type, among: snapshot.deployment.settings.workers.keys.sorted())
          .map { "did you mean '\($0)'?" })
    }
    guard policy().selects(workers, person, owner: nil) else {
      throw Rejection(
        .notAllowed, "\(person) may not take jobs of the type '\(type)'", hint: "workers of writ.yaml says who may")
    }
  }
}

extension Instance {
  /// Whether the attempt is still waited for.
  func owes(_ job: Owed.Job) -> Bool {
    owed.contains { if case .job(let owed) = $0 { owed.id == job.id && owed.attempt == job.attempt } else { false } }
  }
}
