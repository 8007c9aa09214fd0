import CEL
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

extension Simulation {
  mutating func make(_ move: Move) throws {
    switch move {
    case .start(let who, let what, let keyed): try start(who, what, keyed)
    case .decide(let pick, let who, let verdict): try decide(pick, who, verdict)
    case .delegate(let pick, let to): try delegate(pick, to)
    case .complete(let pick, let who): try complete(pick, who)
    case .comment(let pick, let who): try comment(pick, who)
    case .operate(let pick, let who, let how): try operate(pick, who, how)
    case .repeatRequest(let pick): try repeatRequest(pick)
    case .commit(let pick, let who, let verdict): commit(pick, who, verdict)
    case .rewriteInbox(let pick): if inbox.rewrite(pick) { tell("somebody force-pushes the inbox") }
    case .takeInbox: try takeInbox()
    case .plan(let variant): plan(variant)
    case .deploy(let pick): try deploy(pick)
    case .pass(let seconds):
      now = now.adding(.seconds(seconds))
      tell(seconds < 0 ? "the clock is set back \(-seconds) s" : "\(seconds) s pass")
    case .fireTimers: try fireTimers()
    case .dispatch: dispatch()
    case .answer(let pick, let how): try answer(pick, how)
    case .write(let fate): try write(fate)
    case .crash(let written): try crash(written: written)
    }
  }

  // MARK: People

  private func person(_ who: Int) -> PersonID { SimulatedTown.people[who % SimulatedTown.people.count] }

  private func pick<Item>(_ pick: Int, _ items: [Item]) -> Item? { items.isEmpty ? nil : items[pick % items.count] }

  /// What people see, in order of number.
  private var seen: [Instance] { published.live.values.sorted { $0.id < $1.id } }

  private mutating func ask(
    _ person: PersonID, _ words: String, mark: String?, keyed: Bool = true, _ verb: Request.Verb
  ) throws {
    let request = Request(by: person, key: keyed ? "k\(calls.count)" : nil, verb)
    tell("\(person) \(words)")
    try ask(Call(role: .person, request: request, mark: mark, words: "\(person) \(words)", askedAt: now))
  }

  private mutating func start(_ who: Int, _ what: Int, _ keyed: Bool) throws {
    let (name, mark) = (["leave", "order"][what % 2], "s\(calls.count)")
    try ask(
      person(who), "starts \(name) with tag \(mark)", mark: mark, keyed: keyed,
      .start(workflow: name, input: ["tag": .string(mark)]))
  }

  private func openApprovals() -> [(instance: Instance, visit: Visit, open: OpenApproval)] {
    seen.flatMap { instance in
      instance.visits.compactMap { visit in
        if case .approval(let open) = visit.work { (instance, visit, open) } else { nil }
      }
    }
  }

  /// Mostly somebody who is asked; sometimes anybody.
  private func decider(_ pick: Int, _ who: Int, _ visit: Visit) -> PersonID {
    pick % 10 < 8 ? self.pick(who, visit.asked) ?? person(who) : person(who)
  }

  private mutating func decide(_ pick: Int, _ who: Int, _ verdict: Decision.Verdict) throws {
    guard let (instance, visit, open) = self.pick(pick, openApprovals()) else { return }
    let mark = "d\(calls.count)"
    var decide = Command.Decide(step: visit.step, visit: visit.number, verdict, reason: mark)
    if pick % 2 == 0 { (decide.level, decide.digest, decide.nonce) = (open.levelName, open.digest, open.nonce) }
    try ask(
      decider(pick, who, visit), "decides \(verdict) on \(instance.id).\(visit.step).\(visit.number)", mark: mark,
      .act(instance.id.number, .decide(decide)))
  }

  private mutating func delegate(_ pick: Int, _ to: Int) throws {
    guard let (instance, visit, _) = self.pick(pick, openApprovals()) else { return }
    let back = pick % 4 == 0
    try ask(
      decider(pick, pick, visit), back ? "takes a seat of \(instance.id) back" : "lends \(person(to)) a seat",
      mark: nil, .act(instance.id.number, .delegate(step: visit.step, to: back ? nil : person(to), seat: nil)))
  }

  private mutating func complete(_ pick: Int, _ who: Int) throws {
    let tasks = seen.flatMap { instance in
      instance.visits.compactMap { visit -> (Instance, Visit)? in
        if case .task = visit.work { (instance, visit) } else { nil }
      }
    }
    guard let (instance, visit) = self.pick(pick, tasks) else { return }
    let mark = "c\(calls.count)"
    try ask(
      decider(pick, who, visit), "completes \(instance.id).\(visit.step)", mark: mark,
      .act(
        instance.id.number,
        .complete(step: visit.step, visit: visit.number, outcome: nil, result: ["note": .string(mark)])))
  }

  private mutating func comment(_ pick: Int, _ who: Int) throws {
    let all = seen + published.ended.values.sorted { $0.id < $1.id }
    guard let instance = self.pick(pick, all) else { return }
    let mark = "m\(calls.count)"
    try ask(
      person(who), "comments on \(instance.id)", mark: mark, keyed: pick % 3 > 0,
      .act(instance.id.number, .comment(mark, step: nil)))
  }

  private mutating func operate(_ pick: Int, _ who: Int, _ how: Move.Operation) throws {
    guard let instance = self.pick(pick, seen) else { return }
    let mark = "o\(calls.count)"
    let action: Command.Action =
      switch how {
      case .suspend: .suspend(reason: mark)
      case .resume: .resume(reason: mark)
      case .retry: .retry(step: nil, reason: mark)
      case .skip: .skip(step: nil, outcome: nil, result: nil, reason: mark)
      case .cancel: .cancel(reason: mark)
      case .withdraw: .withdraw(step: nil, reason: mark)
      }
    let operators: [PersonID] = ["bob", "carl", "dora", instance.initiator]
    let somebody = pick % 10 < 8 ? operators[who % operators.count] : person(who)
    try ask(somebody, "tries to \(how) \(instance.id)", mark: mark, .act(instance.id.number, action))
  }

  private mutating func repeatRequest(_ pick: Int) throws {
    let open = calls.indices.filter { calls[$0].role == .person && calls[$0].mayRepeat(at: now) }
    guard let index = self.pick(pick, open) else { return }
    tell("again: \(calls[index].words)")
    try send(index)
  }

  // MARK: People, by commits

  private mutating func commit(_ pick: Int, _ who: Int, _ verdict: Decision.Verdict) {
    guard let (instance, visit, open) = self.pick(pick, openApprovals()) else { return }
    let person = decider(pick, who, visit)
    let mark = "d-commit\(inbox.commits.count)"
    let decide = Command.Decide(
      step: visit.step, visit: visit.number, level: open.levelName, verdict, reason: mark, digest: open.digest,
      nonce: open.nonce)
    inbox.commit(by: person, mark: mark, instance.id.number, decide)
    tell("\(person) commits '\(verdict)' for \(instance.id).\(visit.step).\(visit.number)")
  }

  /// Takes the next commit in, or says that all were taken.
  mutating func takeInbox() throws {
    guard reader.isIdle else { return }
    let position = reader.position ?? inbox.position(of: published.cursors[SimulatedInbox.cursor])
    guard let position else { return }
    reader.position = position
    guard position < inbox.commits.count else {
      guard let last = inbox.commits.last, published.cursors[SimulatedInbox.cursor] != last.id else { return }
      let cursor = Cursor(ref: SimulatedInbox.cursor, commit: last.id)
      reader.expect(calls.count, next: position)
      let request = Request(by: "system:inbox", cursor: cursor, .advance)
      return try ask(Call(role: .inbox, request: request, mark: nil, words: "the inbox is read", askedAt: now))
    }
    let commit = inbox.commits[position]
    let request = Request(
      by: commit.by, assurance: .unverified, key: "inbox \(commit.id)", evidence: Array("commit \(commit.id)".utf8),
      .act(commit.instance, .decide(commit.decide)))
    reader.expect(calls.count, next: position + 1)
    let words = "the commit \(commit.mark) of \(commit.by) is taken in"
    tell(words)
    try ask(Call(role: .inbox, request: request, mark: commit.mark, words: words, askedAt: now))
  }

  // MARK: Deploying

  private mutating func plan(_ variant: Int) {
    let plan = SimulatedTown.plan(variant, at: now, on: published.deployment)
    guard plan.report.commit != published.deployment.commit else { return }
    plans.append(plan)
    tell("commit \(plan.report.commit.prefix(4)) is checked, to become \(plan.report.versions)")
  }

  mutating func deploy(_ pick: Int) throws {
    guard !plans.isEmpty else { return }
    var plan = plans.remove(at: pick % plans.count)
    if bug == .deploysBlindly { plan.base = published.deployment.commit }
    let words = "\(plan.report.subject) is deployed"
    tell(words)
    let cursor = Cursor(ref: "deploy", commit: plan.report.commit)
    try ask(
      Call(
        role: .deployer, request: Request(by: "system:deployer", cursor: cursor, .deploy(plan)), mark: nil,
        words: words, askedAt: now))
  }

  // MARK: Time and services

  mutating func fireTimers() throws {
    for number in agenda.takeTimers(in: published, until: now) {
      tell("a timer of \(number) fires")
      let request = Request(by: "system:timer", .act(number, .tick))
      try ask(Call(role: .timekeeper, request: request, mark: nil, words: "timer of \(number)", askedAt: now))
    }
  }

  mutating func dispatch() {
    for work in agenda.takeWork(in: published, until: now).bundled {
      if errands.contains(where: { $0.key == work.key }) {
        for number in work.numbers { agenda.postpone(number, .work, to: now.adding(.milliseconds(200))) }
      } else {
        errands.append(work)
        tell("\(work.key) is sent")
      }
    }
  }

  mutating func answer(_ pick: Int, _ how: Move.Answer) throws {
    guard how != .hang, !errands.isEmpty else { return }
    let work = errands.remove(at: pick % errands.count)
    let result: Performed =
      switch how {
      case .fail: .failed(code: "http.503", message: "busy")
      case .lie: .done(pick % 2 == 0 ? ["reference": 7] : ["reference": ["$evil": 1]])
      case .done, .twice, .hang: .done(["reference": "r"])
      }
    tell("\(work.key) is answered: \(how)")
    let actions: [Command.Action] =
      switch work {
      case .job(let job): [result.storable.action(for: job)]
      case .delivery(let delivery, _): [result.action(for: delivery)]
      case .bundle(let parts): parts.map { result.action(for: $0.delivery) }
      }
    let answers = Array(zip(work.numbers, actions))
    for (number, action) in how == .twice ? answers + answers : answers {
      let request = Request(by: "system:dispatcher", .act(number, action))
      try ask(Call(role: .service, request: request, mark: nil, words: "result of \(work.key)", askedAt: now))
    }
  }

  private mutating func crash(written: Bool) throws {
    tell("the process dies; what it wrote is \(writing == nil ? "nothing" : written ? "durable" : "lost")")
    if written, let batch = writing { _ = pen.write(batch) }
    try restart()
  }
}
