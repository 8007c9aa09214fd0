import CEL
import WorkflowEngine

extension SeededRandom {
  mutating func instance() -> Instance {
    var instance = InstanceExample.instance
    instance.workflow = text()
    instance.version = int()
    instance.definition = text()
    instance.title = text()
    instance.status = pick(Instance.Status.allCases)
    instance.isSuspended = flip()
    instance.startedAt = instant()
    instance.initiator = text()
    instance.input = map()
    instance.vars = map()
    instance.due = maybe { $0.instant() }
    instance.timers = timers()
    instance.tokens = some {
      Token(id: $0.int(), frame: $0.int(0..<2), branch: $0.int(0..<2), step: $0.text(), visit: $0.maybe { $0.int() })
    }
    instance.frames = some { $0.frame() }
    instance.visits = some { $0.visit() }
    instance.counts = Dictionary(some { ($0.text(), $0.int()) }, uniquingKeysWith: { $1 })
    instance.results = Dictionary(
      some { random in
        let by = random.maybe { $0.text() }
        return (random.text(), StepResult(visit: random.int(), outcome: random.text(), output: random.value(), by: by))
      }, uniquingKeysWith: { $1 })
    instance.deliveries = some { $0.delivery() }
    instance.undos = some { $0.undo() }
    instance.undoing = maybe { $0.undoing() }
    instance.caller = maybe { $0.caller() }
    instance.about = some { $0.text() }
    instance.outcome = maybe { $0.text() }
    instance.output = maybe { $0.map() }
    instance.endedAt = maybe { $0.instant() }
    instance.events = int()
    instance.lastEventAt = instant()
    instance.lastToken = int()
    instance.lastFrame = int()
    return instance
  }

  private mutating func frame() -> Frame {
    var frame = Frame(
      id: int(), gateway: maybe { $0.text() }, parent: maybe { Frame.Parent(frame: $0.int(), branch: $0.int()) },
      branches: some { Frame.Branch(step: $0.text(), state: $0.pick([.live, .arrived, .ended])) })
    frame.items = maybe { $0.items() }
    return frame
  }

  private mutating func items() -> Items {
    var items = Items(
      visit: int(),
      list: some { random in
        let value = random.value()
        return Items.Item(
          value: value,
          result: random.maybe { ItemResult(outcome: $0.text(), output: $0.value(), by: $0.maybe { $0.text() }) })
      })
    items.entered = int()
    return items
  }

  private mutating func visit() -> Visit {
    var visit = Visit(step: text(), number: int(), token: int(), since: instant(), work: work())
    visit.due = maybe { $0.instant() }
    visit.timers = timers()
    visit.incident = maybe { Incident(code: $0.text(), message: $0.text(), since: $0.instant()) }
    return visit
  }

  private mutating func work() -> Visit.Work {
    switch int(0..<6) {
    case 0: return .task(OpenTask(pool: some { $0.text() }, prefill: map(), shown: shown()))
    case 1:
      var approval = OpenApproval(
        level: int(), levelName: text(), shown: shown(), digest: text(), nonce: text(), pool: some { $0.seat() },
        excluded: some { Exclusion(person: $0.text(), because: $0.text()) }, rule: rule())
      approval.decisions = some { $0.decision() }
      approval.earlier = some { $0.decision() }
      approval.questions = some { $0.question() }
      return .approval(approval)
    case 2:
      var job = OpenJob(uses: text(), request: map(), timeout: .milliseconds(int()))
      job.failures = int(0..<3)
      job.undoes = maybe { $0.int() }
      return .job(job)
    case 3: return .wait(OpenWait(event: maybe { $0.text() }, key: maybe { $0.value() }))
    case 4:
      return .call(
        OpenCall(
          workflow: text(), version: int(), input: map(), about: some { $0.text() },
          child: maybe { InstanceID(name: "a-b", number: $0.int(1..<100)) }))
    default: return .blocked
    }
  }

  private mutating func question() -> Question {
    Question(
      number: int(), level: text(), by: text(), to: text(), text: text(), at: instant(),
      answer: maybe { Question.Answer(by: $0.text(), text: $0.text(), at: $0.instant()) })
  }

  private mutating func decision() -> Decision {
    Decision(
      verdict: pick(Decision.Verdict.allCases), by: text(), actingFor: maybe { $0.text() }, reason: maybe { $0.text() },
      assurance: pick(Assurance.allCases), at: instant(), level: text())
  }
}
