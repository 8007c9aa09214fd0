import CEL
import HashTreeCollections
import WorkflowEngine

/// One attempt of something that is owed and due.
enum DueWork: Sendable {
  case job(Owed.Job)
  case delivery(Delivery, Instance)
  /// What was held back for one person until the same moment: it goes as one message.
  case bundle([Held])

  struct Held: Sendable {
    var delivery: Delivery
    var instance: Instance
  }

  /// Of the instances that it is owed to.
  var numbers: [Int] {
    switch self {
    case .job(let job): [job.instance.number]
    case .delivery(_, let instance): [instance.id.number]
    case .bundle(let parts): parts.map(\.instance.id.number)
    }
  }

  /// One attempt; a later attempt is other work.
  var key: String {
    switch self {
    case .job(let job): "\(job.id)#\(job.attempt)"
    case .delivery(let delivery, _): "\(delivery.id)#\(delivery.attempts)"
    case .bundle(let parts): parts.map { "\($0.delivery.id)#\($0.delivery.attempts)" }.joined(separator: " ")
    }
  }
}

extension Agenda {
  /// Takes the work that is due, in order of instance.
  func takeWork(in world: World, until now: Timestamp) -> [DueWork] {
    take(.work, until: now).sorted().compactMap { world.live[$0] }.flatMap { instance in
      instance.owed.compactMap { owed -> DueWork? in
        switch owed {
        case .timer, .child: nil
        case .job(let job) where job.notBefore ?? now <= now: .job(job)
        case .delivery(let delivery) where delivery.notBefore ?? now <= now: .delivery(delivery, instance)
        case .job, .delivery: nil
        }
      }
    }
  }

  /// Takes the instances with a timer that is due. One whose first timer is later than thought is put back.
  func takeTimers(in world: World, until now: Timestamp) -> [Int] {
    take(.timer, until: now).sorted().filter { number in
      guard let next = world.live[number]?.nextTimer else { return false }
      if next > now { postpone(number, .timer, to: next) }
      return next <= now
    }
  }
}
