package import CEL

/// What an instance is owed, derived from its state: crash recovery is to read the state and to ask this.
package enum Owed: Sendable, Hashable {
  /// Something is due at an instant; a `tick` then fires it.
  case timer(at: Timestamp)
  case job(Job)
  case delivery(Delivery)
  /// The child of a visit is to be started.
  case child(VisitID)

  /// One attempt of a service step.
  package struct Job: Sendable, Hashable {
    /// `<instance>.<step>.<visit>`: the idempotency key of all attempts.
    package var id: String
    package var instance: InstanceID
    package var step: StepID
    package var visit: Int
    /// 1, 2, 3 ...
    package var attempt: Int
    package var uses: String
    package var request: ValueMap
    package var timeout: Duration
    /// `nil`: now.
    package var notBefore: Timestamp?
  }
}

extension Instance {
  package var owed: [Owed] {
    var owed = deliveries.map { Owed.delivery($0) }
    guard !isSuspended, !status.isEnded else { return owed }
    owed += timers.map { .timer(at: $0.at) }
    for visit in visits where visit.incident == nil {
      if let call = visit.call, call.child == nil {
        owed.append(.child(VisitID(step: visit.step, visit: visit.number)))
      }
      owed += visit.timers.filter { $0.purpose != .retry }.map { .timer(at: $0.at) }
      guard case .job(let job) = visit.work else { continue }
      owed.append(
        .job(
          Owed.Job(
            id: "\(id).\(visit.step).\(visit.number)", instance: id, step: visit.step, visit: visit.number,
            attempt: job.failures + 1, uses: job.uses, request: job.request, timeout: job.timeout,
            notBefore: visit.timers.first { $0.purpose == .retry }?.at)))
    }
    return owed
  }

  /// The earliest instant at which a timer fires.
  package var nextTimer: Timestamp? {
    owed.compactMap { if case .timer(let at) = $0 { at } else { nil } }.min()
  }
}
