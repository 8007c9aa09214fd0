package import CEL
import DequeModule
import Synchronization
package import WorkflowEngine

/// Jobs for workers outside (`uses: job`): each is offered until somebody takes it for a time, and answers.
///
/// Who holds what is not in the record. After a start every job that is owed is offered anew, under the same id.
final class JobBoard: Sendable {
  private struct State {
    /// By type, in the order in which they became due; those that `attempts` does not name any more are passed over.
    var offered: [String: Deque<Owed.Job>] = [:]
    /// The attempt that is offered, by the job's id.
    var attempts: [String: Int] = [:]
    /// By the job's id.
    var held: [String: JobLease] = [:]
    var leases = 0
    /// No lease ends before.
    var earliest = Timestamp.latest
  }
  private let state = Mutex(State())

  /// Offers an attempt, unless it is offered or held already.
  func offer(_ job: Owed.Job) {
    state.withLock { state in
      guard state.held[job.id]?.job.attempt != job.attempt, state.attempts[job.id] != job.attempt else { return }
      state.attempts[job.id] = job.attempt
      state.offered[job.workType, default: []].append(job)
    }
  }

  /// - Parameter isOwed: what was done, or cancelled, meanwhile is not given to anybody.
  func take(
    _ type: String, most: Int, by person: PersonID, at now: Timestamp, isOwed: (Owed.Job) -> Bool
  ) -> [JobLease] {
    state.withLock { state in
      var taken: [JobLease] = []
      while taken.count < most, let job = state.offered[type]?.popFirst() {
        guard state.attempts[job.id] == job.attempt else { continue }
        state.attempts[job.id] = nil
        guard isOwed(job) else { continue }
        state.leases += 1
        let lease = JobLease(
          job: job, holder: person, number: "\(state.leases)@\(now.rfc3339Milliseconds)",
          until: now.adding(job.timeout))
        state.held[job.id] = lease
        state.earliest = min(state.earliest, lease.until)
        taken.append(lease)
      }
      if state.offered[type]?.isEmpty == true { state.offered[type] = nil }
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
    state.withLock { state in
      state.held[lease.job.id]?.until = until
      state.earliest = min(state.earliest, until)
    }
  }

  func giveBack(_ lease: JobLease) {
    state.withLock { state in
      if state.held[lease.job.id]?.number == lease.number { state.held[lease.job.id] = nil }
    }
  }

  /// Takes the leases whose time is up.
  func takeExpired(at now: Timestamp) -> [JobLease] {
    state.withLock { state in
      guard state.earliest <= now else { return [] }
      let expired = state.held.values.filter { $0.until <= now }.sorted { $0.job.id < $1.job.id }
      for lease in expired { state.held[lease.job.id] = nil }
      state.earliest = state.held.values.map(\.until).min() ?? .latest
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
