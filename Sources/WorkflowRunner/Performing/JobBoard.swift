package import CEL
import Synchronization
package import WorkflowEngine

/// Jobs for workers outside (`uses: job`): each is offered until somebody takes it for a time, and answers.
///
/// Who holds what is not in the record. After a start every job that is owed is offered anew, under the same id.
final class JobBoard: Sendable {
  private struct State {
    /// By type, in the order in which they became due.
    var offered: [String: [Owed.Job]] = [:]
    /// By the job's id.
    var held: [String: JobLease] = [:]
    var leases = 0
  }
  private let state = Mutex(State())

  /// Offers an attempt, unless it is offered or held already.
  func offer(_ job: Owed.Job) {
    state.withLock { state in
      guard state.held[job.id]?.job.attempt != job.attempt else { return }
      state.offered[job.workType, default: []].removeAll { $0.id == job.id }
      state.offered[job.workType, default: []].append(job)
    }
  }

  /// - Parameter isOwed: what was done, or cancelled, meanwhile is not given to anybody.
  func take(
    _ type: String, most: Int, by person: PersonID, at now: Timestamp, isOwed: (Owed.Job) -> Bool
  ) -> [JobLease] {
    state.withLock { state in
      var taken: [JobLease] = []
      var left: [Owed.Job] = []
      for job in state.offered[type] ?? [] where isOwed(job) {
        guard taken.count < most else {
          left.append(job)
          continue
        }
        state.leases += 1
        let lease = JobLease(
          job: job, holder: person, number: "\(state.leases)@\(now.rfc3339Milliseconds)",
          until: now.adding(job.timeout))
        state.held[job.id] = lease
        taken.append(lease)
      }
      state.offered[type] = left.isEmpty ? nil : left
      return taken
    }
  }

  /// The lease, if it is still its holder's.
  func lease(_ id: String, _ number: String, of person: PersonID, at now: Timestamp) -> JobLease? {
    state.withLock { $0.held[id] }.flatMap { lease in
      lease.number == number && lease.holder == person && lease.until > now ? lease : nil
    }
  }

  func prolong(_ lease: JobLease, until: Timestamp) {
    state.withLock { $0.held[lease.job.id]?.until = until }
  }

  func giveBack(_ lease: JobLease) {
    state.withLock { state in
      if state.held[lease.job.id]?.number == lease.number { state.held[lease.job.id] = nil }
    }
  }

  /// Takes the leases whose time is up.
  func takeExpired(at now: Timestamp) -> [JobLease] {
    state.withLock { state in
      let expired = state.held.values.filter { $0.until <= now }.sorted { $0.job.id < $1.job.id }
      for lease in expired { state.held[lease.job.id] = nil }
      return expired
    }
  }
}

/// A job in somebody's hands.
package struct JobLease: Sendable, Hashable {
  package var job: Owed.Job
  package var holder: PersonID
  /// Shown with every answer: of two workers that believe they hold a job, one does.
  package var number: String
  /// When the attempt has failed as `timeout`, unless it is prolonged.
  package var until: Timestamp
}

extension Owed.Job {
  package static let outside = "job"

  /// What kind of work it is, as `workers` of `writ.yaml` names it.
  package var workType: String { request["type"]?.stringValue ?? "" }

  /// What the worker is given.
  package var input: ValueMap {
    var input = request
    input["type"] = nil
    return input
  }
}
