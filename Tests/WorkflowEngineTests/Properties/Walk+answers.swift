import CEL
import WorkflowEngine

extension Walk {
  typealias Act = (by: PersonID, action: Command.Action)

  /// Something that the instance waits for, done by somebody who may.
  mutating func sensible(_ instance: Instance) -> Act? {
    guard let visit = instance.visits.randomElement(using: &random) else { return nil }
    if visit.incident != nil { return ("olga", .retry(step: visit.step, reason: nil)) }
    if let listening = visit.listens.randomElement(using: &random), random.once(in: 3) {
      return ("anna", message(listening.event))
    }
    if visit.timers.contains(where: { $0.purpose == .expires }), random.once(in: 4) { return tick(visit) }
    switch visit.work {
    case .task(let task): return completion(of: visit, task)
    case .job(let job): return answer(to: job, of: visit)
    case .wait(let wait):
      guard let event = wait.event, visit.timers.isEmpty || random.once(in: 2) else { return tick(visit) }
      return ("erik", message(event))
    case .call(let call): return ("system:caller", answer(to: call, of: visit))
    case .approval(let open): return decision(on: open, of: visit)
    case .state, .blocked: return nil
    }
  }

  private mutating func tick(_ visit: Visit) -> Act {
    if let at = visit.timers.map(\.at).min() { context.now = max(context.now, at) }
    return ("system:timer", .tick)
  }

  private mutating func message(_ event: String) -> Command.Action {
    .receive(
      Message(number: commands + 2, event: event, key: nil, source: "bank", id: "m-\(commands)", payload: .null))
  }

  private mutating func completion(of visit: Visit, _ task: OpenTask) -> Act? {
    guard let person = task.pool.randomElement(using: &random) else { return nil }
    let outcomes: [Outcome] =
      if case .task(let step)? = workflow.step(visit.step)?.kind { step.outcomes } else { [] }
    let outcome = outcomes.randomElement(using: &random)
    return (person, .complete(step: visit.step, visit: visit.number, outcome: outcome, result: [:]))
  }

  private mutating func answer(to job: OpenJob, of visit: Visit) -> Act {
    if let at = visit.timers.first?.at { context.now = max(context.now, at) }
    if random.once(in: 8) { return ("system:dispatcher", .redeliver) }
    let attempt = job.failures + 1
    let action: Command.Action =
      random.once(in: 4)
      ? .jobFailed(step: visit.step, visit: visit.number, attempt: attempt, code: "http.503", message: "no")
      : .jobDone(step: visit.step, visit: visit.number, attempt: attempt, result: ["status": 200])
    return ("system:dispatcher", action)
  }

  private func answer(to call: OpenCall, of visit: Visit) -> Command.Action {
    guard let child = call.child else {
      let id = InstanceID(name: "child", number: 100 + commands)
      return .childStarted(step: visit.step, visit: visit.number, child: id)
    }
    return .childEnded(step: visit.step, visit: visit.number, child: child, outcome: "fine", output: [:])
  }

  private mutating func decision(on open: OpenApproval, of visit: Visit) -> Act? {
    let used = Set(open.decisions.map(\.seat))
    guard let seat = open.pool.filter({ !used.contains($0.person) }).randomElement(using: &random) else { return nil }
    if seat.holder == "bob", seat.lentTo.isEmpty, random.once(in: 4) {
      return ("bob", .delegate(step: visit.step, to: "dora", seat: nil))
    }
    let verdict: Decision.Verdict = [.approve, .approve, .reject, .sendBack].randomElement(using: &random) ?? .approve
    let decide = Command.Decide(
      step: visit.step, visit: visit.number, verdict, reason: verdict == .approve ? nil : "because")
    return (seat.holder, .decide(decide))
  }

  /// Something that comes too late, from the wrong person, to the wrong place, or from an operator who interferes.
  mutating func nonsense(_ instance: Instance) -> Act {
    let open = instance.visits.randomElement(using: &random)?.step ?? "nowhere"
    let step = random.once(in: 2) ? open : workflow.steps.randomElement(using: &random)?.id ?? "nowhere"
    let visit = Int.random(in: 0...3, using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return ("anna", .complete(step: step, visit: visit + 7, outcome: "never", result: [:]))
    case 1: return ("system:dispatcher", .jobDone(step: step, visit: visit + 7, attempt: visit, result: .null))
    case 2: return ("anna", .decide(Command.Decide(step: step, .approve)))
    case 3: return ("system:timer", .tick)
    case 4: return ("anna", .comment("hello", step: nil))
    case 5: return ("anna", instance.isSuspended ? .resume(reason: nil) : .comment("again", step: step))
    case 6: return ("anna", .withdraw(step: step, reason: nil))
    case 7:
      let asked = instance.visits.filter { $0.approval != nil }.randomElement(using: &random)?.step
      return ("olga", .reopen(step: asked ?? step, reason: "with others"))
    case 8: return ("olga", .skip(step: step, outcome: "done", result: nil, reason: "it is done"))
    case 9: return random.once(in: 2) ? ("olga", .cancel(reason: "no more")) : ("erik", message("paid"))
    case 10:
      return (
        "system:caller",
        .childEnded(
          step: step, visit: visit, child: InstanceID(name: "child", number: 7), outcome: "fine", output: [:])
      )
    default: return ("anna", .delegate(step: step, to: "bob", seat: nil))
    }
  }
}
