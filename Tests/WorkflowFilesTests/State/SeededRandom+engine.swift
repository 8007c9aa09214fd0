import CEL
import WorkflowEngine

extension SeededRandom {
  mutating func event() -> Event {
    switch int(0..<5) {
    case 0: lifecycleEvent()
    case 1: peopleEvent()
    case 2: movingEvent()
    case 3: flowEvent()
    default: workEvent()
    }
  }

  private mutating func lifecycleEvent() -> Event {
    switch int(0..<7) {
    case 5: .migrated(migrated())
    case 0:
      .started(
        Started(
          instance: InstanceID(name: "a-b", number: int(1..<100)), workflow: "x/a-b", version: int(),
          definition: text(),
          title: text(), by: text(), input: map(), vars: map(), step: text(), due: maybe { $0.instant() },
          timers: timers()))
    case 1: .commented(by: text(), text: text(), step: maybe { $0.text() })
    case 2: .suspended(by: text(), reason: maybe { $0.text() })
    case 3: .resumed(by: text(), reason: maybe { $0.text() })
    case 4: .cancelled(by: text(), reason: maybe { $0.text() })
    default: .completed(outcome: text(), output: map())
    }
  }

  private mutating func migrated() -> Migrated {
    var migrated = Migrated(
      by: text(), reason: maybe { $0.text() }, version: int(), definition: text(), title: text())
    migrated.renamed = Dictionary(some { ($0.text(), $0.text()) }, uniquingKeysWith: { first, _ in first })
    migrated.moved = Dictionary(some { ($0.text(), $0.text()) }, uniquingKeysWith: { first, _ in first })
    migrated.reopened = some { $0.visitID() }
    migrated.kept = some { KeptVisit(step: $0.text(), visit: $0.int(), number: $0.int(), timers: $0.timers()) }
    migrated.dropped = some { Frame.Parent(frame: $0.int(), branch: $0.int()) }
    migrated.cancelled = some { $0.visitID() }
    migrated.passed = some { $0.text() }
    migrated.vars = map()
    migrated.unset = some { $0.text() }
    migrated.timers = timers()
    return migrated
  }

  private mutating func movingEvent() -> Event {
    switch int(0..<7) {
    case 0: .entered(step: text(), visit: int(), token: int())
    case 1:
      .left(
        Left(
          step: text(), visit: int(), token: int(), outcome: text(), output: value(), by: maybe { $0.text() },
          reason: maybe { $0.text() }, vars: map(), unset: some { $0.text() }, to: maybe { $0.text() }))
    case 2:
      .forked(
        Forked(
          step: text(), visit: int(), token: int(), frame: int(),
          branches: some { Forked.Branch(token: $0.int(), to: $0.text()) }))
    case 3: .arrived(step: text(), token: int())
    case 4: .joined(step: text(), visit: int(), frame: int(), token: int(), cancelled: some { $0.visitID() })
    case 5: .frameClosed(frame: int())
    default: .frameLeft(frame: int(), token: int(), to: text(), cancelled: some { $0.visitID() })
    }
  }

  private mutating func peopleEvent() -> Event {
    switch int(0..<11) {
    case 0:
      .taskOpened(
        TaskOpened(
          step: text(), visit: int(), pool: some { $0.text() }, prefill: map(), shown: shown(),
          due: maybe { $0.instant() }, timers: timers()))
    case 1:
      .levelOpened(
        LevelOpened(
          step: text(), visit: int(), level: int(), name: text(), shown: shown(), digest: text(), nonce: text(),
          pool: some { $0.seat() }, excluded: some { Exclusion(person: $0.text(), because: $0.text()) }, rule: rule(),
          due: maybe { $0.instant() }, timers: timers()))
    case 2: .levelSkipped(step: text(), visit: int(), level: text())
    case 3:
      .decided(
        Decided(
          step: text(), visit: int(), level: text(), verdict: pick(Decision.Verdict.allCases), by: text(),
          actingFor: maybe { $0.text() }, reason: maybe { $0.text() }, assurance: pick(Assurance.allCases),
          evidence: maybe { $0.text() }))
    case 4: .levelClosed(step: text(), visit: int(), level: text(), outcome: text())
    case 5: .delegated(step: text(), visit: int(), seat: text(), by: text(), to: maybe { $0.text() })
    case 6: .superseded(step: text(), visit: int())
    case 8:
      .questionAsked(
        QuestionAsked(
          step: text(), visit: int(), level: text(), number: int(), by: text(), to: text(), text: text()))
    case 9: .questionAnswered(QuestionAnswered(step: text(), visit: int(), number: int(), by: text(), text: text()))
    case 7: .unseated(step: text(), visit: int(), people: some { $0.text() })
    default:
      .escalated(
        Escalated(
          step: text(), visit: int(), index: int(), action: pick(Escalated.Action.allCases), people: some { $0.text() })
      )
    }
  }

  private mutating func workEvent() -> Event {
    switch int(0..<10) {
    case 0:
      .jobOpened(
        JobOpened(
          step: text(), visit: int(), uses: text(), request: map(), timeout: .milliseconds(int()), timers: timers()))
    case 1:
      .waitOpened(
        WaitOpened(
          step: text(), visit: int(), event: maybe { $0.text() }, key: maybe { $0.value() }, timers: timers()))
    case 2:
      .attemptFailed(
        AttemptFailed(
          step: text(), visit: int(), attempt: int(), code: text(), message: text(), retryAt: maybe { $0.instant() }))
    case 3: .incident(IncidentOpened(step: text(), visit: int(), token: int(), code: text(), message: text()))
    case 4: .retried(step: text(), visit: int(), by: text(), reason: maybe { $0.text() })
    case 5: .late(job: text(), outcome: text())
    case 6: .notified(delivery())
    case 7: .delivered(id: text())
    case 8: .redelivered(step: text(), visit: int())
    default: .deliveryFailed(id: text(), code: text(), message: text(), notBefore: maybe { $0.instant() })
    }
  }

  private mutating func flowEvent() -> Event {
    switch int(0..<10) {
    case 0:
      .eachOpened(EachOpened(step: text(), visit: int(), token: int(), frame: int(), items: some { $0.value() }))
    case 1: .itemEntered(step: text(), visit: int(), token: int(), frame: int())
    case 2:
      .itemEnded(
        ItemEnded(
          step: text(), visit: int(), token: int(), outcome: text(), output: value(), by: maybe { $0.text() },
          reason: maybe { $0.text() }))
    case 3: .gathered(step: text(), visit: int(), frame: int(), token: int(), cancelled: some { $0.visitID() })
    case 4:
      .callOpened(
        CallOpened(
          step: text(), visit: int(), workflow: text(), version: int(), input: map(), about: some { $0.text() },
          timers: timers()))
    case 5: .childStarted(step: text(), visit: int(), child: InstanceID(name: "a-b", number: int(1..<100)))
    case 6: .undoNoted(undo())
    case 7: .undoBegun(undoing())
    case 8: .undone(step: text(), visit: int(), undoes: int(), by: maybe { $0.text() }, reason: maybe { $0.text() })
    default: .expired(to: text(), token: int(), cancelled: some { $0.visitID() })
    }
  }

  mutating func undo() -> NotedUndo { NotedUndo(step: text(), visit: int(), uses: text(), request: map()) }

  mutating func undoing() -> Undoing {
    Undoing(by: maybe { $0.text() }, reason: maybe { $0.text() }, outcome: maybe { $0.text() }, output: map())
  }

  mutating func caller() -> Caller {
    Caller(instance: InstanceID(name: "a-b", number: int(1..<100)), step: text(), visit: int(), depth: int())
  }

  mutating func visitID() -> VisitID { VisitID(step: text(), visit: int()) }

  mutating func timers() -> [Timer] {
    some { random in
      let index = random.int()
      return Timer(random.pick([.wait, .expires, .retry, .escalate(index)]), at: random.instant())
    }
  }

  mutating func shown() -> [Shown] { some { Shown(label: $0.text(), value: $0.value()) } }

  mutating func seat() -> Seat {
    var seat = Seat(person: text(), because: some { $0.text() })
    seat.lentTo = some { $0.text() }
    return seat
  }

  mutating func rule() -> ApprovalRule {
    let groups = some { $0.text() }
    let count = int()
    return ApprovalRule(
      needed: pick([.count(count), .all, .eachGroup(groups)]), rejectWhen: pick([.any, .impossible]),
      delegates: pick([.deputies, .anyone, .none]), assurance: maybe { $0.pick(Assurance.allCases) })
  }

  mutating func delivery() -> Delivery {
    var delivery = Delivery(
      id: text(), step: text(), to: some { $0.text() }, channel: maybe { $0.text() }, subject: text(), body: text())
    delivery.attempts = int(0..<3)
    delivery.notBefore = maybe { $0.instant() }
    return delivery
  }
}
