package import CEL

/// The engine: a function from a command, a state and a context to events or a refusal.
package enum Engine {
  /// Decides one command on one instance (`nil` only for `start`).
  ///
  /// - Returns: the new entries of the timeline, and the state after them. Empty entries: nothing was owed.
  package static func decide(
    _ command: Command, on instance: Instance?, in context: Context
  ) throws(Rejection) -> (entries: [Entry], instance: Instance) {
    var turn = Turn(instance: instance, command: command, context: context)
    try turn.take()
    guard let after = turn.instance else {
      preconditionFailure("a \(command.action) without an instance was not refused")
    }
    return (turn.entries, after)
  }
}

/// One command's work on one instance: what it emits is applied at once, so that the next step sees it.
struct Turn {
  private(set) var instance: Instance?
  private(set) var entries: [Entry] = []
  let command: Command
  private(set) var context: Context
  /// What a migration ended, by token, for what opens there anew; and that of the token that is entered now.
  var carried: [Int: Standing] = [:]
  var standing: Standing?
  /// Steps entered in this turn; bounds a runaway cycle.
  var moves = 0

  init(instance: Instance?, command: Command, context: Context) {
    self.instance = instance
    self.command = command
    self.context = context
  }

  var workflow: Workflow { context.definition.workflow }

  /// The instance, which is there once `start` was taken.
  var state: Instance {
    guard let instance else { preconditionFailure("no instance yet") }
    return instance
  }

  mutating func emit(_ event: Event) {
    let at = max(context.now, instance?.lastEventAt ?? context.now)
    let entry = Entry(number: (instance?.events ?? 0) + 1, at: at, event: event)
    Instance.evolve(&instance, entry)
    entries.append(entry)
  }

  /// Goes on under another definition.
  mutating func follow(_ definition: DeployedWorkflow) { context.definition = definition }

  mutating func take() throws(Rejection) {
    switch command.action {
    case .start(let id, let input):
      try authorizeStart()
      try start(id, input: input)
      return move()
    case .startChild(let id, let caller, let input, let about):
      try start(id, input: .map(input), of: caller, about: about)
      return move()
    default: break
    }
    try refuseEnded()
    try refuseNobody()
    try act()
    settleSeats()
    if !state.isSuspended { move() }
  }

  private mutating func act() throws(Rejection) {
    switch command.action {
    case .start, .startChild: break
    case .childStarted(let step, let visit, let child):
      childStarted(VisitID(step: step, visit: visit), child: child)
    case .childRefused(let step, let visit, let message):
      childRefused(VisitID(step: step, visit: visit), message: message)
    case .childEnded(let step, let visit, let child, let outcome, let output):
      childEnded(VisitID(step: step, visit: visit), child: child, outcome: outcome, output: output)
    case .abandon(let reason): abandon(reason: reason)
    case .decide(let decide): try self.decide(decide)
    case .delegate(let step, let to, let seat): try delegate(step: step, to: to, seat: seat)
    case .withdraw(let step, let visit, let reason): try withdraw(step: step, visit: visit, reason: reason)
    case .complete(let step, let visit, let outcome, let result):
      try complete(step: step, visit: visit, outcome: outcome, result: result)
    case .move(let name, let step, let visit, let result):
      try move(name, step: step, visit: visit, result: result)
    case .comment(let text, let step): try comment(text, step: step)
    case .ask(let text, let person, let step, let visit): try ask(text, of: person, step: step, visit: visit)
    case .answer(let text, let question, let step, let visit):
      try answer(text, question: question, step: step, visit: visit)
    case .jobDone(let step, let visit, let attempt, let result):
      jobDone(VisitID(step: step, visit: visit), attempt: attempt, result: result)
    case .jobFailed(let step, let visit, let attempt, let code, let message):
      jobFailed(VisitID(step: step, visit: visit), attempt: attempt, code: code, message: message)
    case .redeliver: redeliver()
    case .delivered(let id): delivered(id)
    case .deliveryFailed(let id, let code, let message): deliveryFailed(id, code: code, message: message)
    case .receive(let message): try receive(message)
    case .tick: tick()
    case .retry(let step, let reason): try retry(step: step, reason: reason)
    case .reopen(let step, let visit, let reason): try reopen(step: step, visit: visit, reason: reason)
    case .skip(let step, let outcome, let result, let reason):
      try skip(step: step, outcome: outcome, result: result, reason: reason)
    case .suspend(let reason): try suspend(reason: reason)
    case .resume(let reason): try resume(reason: reason)
    case .cancel(let reason): try cancel(reason: reason)
    case .migrate(let reason):
      try authorizeOperate()
      try migrate(reason: reason)
    case .follow: try migrate(reason: nil)
    }
  }

  /// After the end only deliveries and late results still arrive.
  private func refuseEnded() throws(Rejection) {
    guard state.status.isEnded else { return }
    switch command.action {
    case .jobDone, .jobFailed, .redeliver, .delivered, .deliveryFailed, .tick, .comment, .childEnded: return
    default:
      throw Rejection(.closed, "\(state.id) has ended (\(state.outcome ?? state.status.rawValue))")
    }
  }
}
