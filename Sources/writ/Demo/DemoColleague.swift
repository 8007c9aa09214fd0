import CEL
import WorkflowEngine

/// How somebody of the company answers what they are asked, given how the case is meant to go.
struct DemoColleague {
  let fate: DemoStory.Fate

  /// - Returns: what one of those who are asked does; `nil` where nobody answers.
  func answer(_ visit: Visit, of instance: Instance) -> Command.Action? {
    if case .ignored = fate { return nil }
    switch visit.work {
    case .approval(let open): return openingWords(visit, open) ?? .decide(decision(visit))
    case .task(let task): return complete(visit, task, of: instance)
    case .job, .wait, .call, .state, .blocked: return nil
    }
  }

  /// What comes before any decision.
  private func openingWords(_ visit: Visit, _ open: OpenApproval) -> Command.Action? {
    switch fate {
    case .asks(let question, _) where open.questions.isEmpty && open.earlier.isEmpty:
      .ask(question, of: nil, step: visit.step, visit: visit.number)
    case .withdrawn(let reason): .withdraw(step: visit.step, visit: visit.number, reason: reason)
    default: nil
    }
  }

  func reply(to question: Question, in visit: Visit) -> Command.Action {
    let text = if case .asks(_, let answer) = fate { answer } else { "Yes." }
    return .answer(text, question: question.number, step: visit.step, visit: visit.number)
  }

  private func decision(_ visit: Visit) -> Command.Decide {
    switch fate {
    case .rejected(let reason): Command.Decide(step: visit.step, visit: visit.number, .reject, reason: reason)
    case .returned(let reason) where visit.number == 1:
      Command.Decide(step: visit.step, visit: visit.number, .sendBack, reason: reason)
    default: Command.Decide(step: visit.step, visit: visit.number, .approve)
    }
  }

  private func complete(_ visit: Visit, _ task: OpenTask, of instance: Instance) -> Command.Action {
    let (outcome, fields) = result(visit, of: instance)
    return .complete(
      step: visit.step, visit: visit.number, outcome: outcome, result: .map(task.prefill.merging(fields)))
  }

  private var isTwice: Bool { if case .twice = fate { true } else { false } }

  private func result(_ visit: Visit, of instance: Instance) -> (Outcome?, ValueMap) {
    switch instance.id.name {
    case "expense-approval", "access-request": office(visit, of: instance)
    case "vacation":
      visit.step == "ask_substitute" ? ("agree", [:]) : visit.step == "revise" ? ("give_up", [:]) : (nil, [:])
    case "software-release": engineering(visit, of: instance)
    case "purchase-order": procurement(visit, of: instance)
    default: operations(visit)
    }
  }

  private func office(_ visit: Visit, of instance: Instance) -> (Outcome?, ValueMap) {
    switch visit.step {
    case "revise": (nil, ["purpose": .string("\(instance.vars["purpose"]?.words ?? ""); both offers are attached")])
    case "explain":
      (nil, ["permission": "read", "reason": "Reading is enough after all; orders go through purchasing."])
    case "pay_by_hand": (nil, ["reference": .string("BANK-\(instance.id.number)-1")])
    case "recertify": ("still_needed", [:])
    default: (nil, [:])
    }
  }

  private func engineering(_ visit: Visit, of instance: Instance) -> (Outcome?, ValueMap) {
    switch visit.step {
    case "test" where isTwice && visit.number == 1: ("not_yet", ["cases": 418, "failed": 6])
    case "test": ("good_enough", ["cases": 418, "failed": 0])
    default: (nil, ["commit": .string(DemoStory.commit("\(instance.id) mended"))])
    }
  }

  private func procurement(_ visit: Visit, of instance: Instance) -> (Outcome?, ValueMap) {
    let open = instance.vars["open"]?.intValue ?? 1
    return switch visit.step {
    case "compare_quotes": (nil, ["quotes": 3])
    case "order": (nil, ["order_number": .string("HI-\(7_300 + instance.id.number)")])
    case "receive" where isTwice && visit.number == 1: ("taken_in", ["received": .int(max(open / 2, 1))])
    case "receive": ("taken_in", ["received": .int(open)])
    case "claim": ("replacement", [:])
    default: (nil, [:])
    }
  }

  private func operations(_ visit: Visit) -> (Outcome?, ValueMap) {
    switch (visit.step, fate) {
    case ("triage", .falseAlarm): ("false_alarm", [:])
    case ("triage", _): ("confirmed", ["cause": "A change of yesterday evening"])
    case ("mitigate", .change): ("change_needed", ["action": "Take the new route out of the load balancer again"])
    case ("mitigate", _): ("mitigated", ["action": "Restarted the service and took the bad node out"])
    case ("apply_change", _): ("worked", [:])
    case ("verdict", _): ("over", [:])
    case ("write_review", _):
      (
        nil,
        [
          "root_cause": "A change of the evening before was rolled out without the check that would have caught it.",
          "actions": ["Nadia: add the check to the pipeline by Friday", "Jonas: rehearse the way back next week"],
        ]
      )
    default: (nil, [:])
    }
  }
}
