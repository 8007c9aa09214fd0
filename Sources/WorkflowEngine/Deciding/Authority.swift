package import CEL

/// Who may start, see and operate: one place for every door.
extension Policy {
  /// Whether a selector that needs no instance names the person: `person:`, `role:`, or `owner` of the workflow.
  package func selects(_ selectors: [Selector], _ person: PersonID, owner: Selector?) -> Bool {
    guard isActive(person) else { return false }
    return selectors.contains { selector in
      switch selector {
      case .person(let id): id == person
      case .role(let role): people.people[person]?.roles.contains(role) ?? false
      case .owner: owner.map { $0 != .owner && selects([$0], person, owner: nil) } ?? false
      case .initiator, .managerOf, .doneBy, .formula, .codeOwners: false
      }
    }
  }

  package func mayStart(_ workflow: Workflow, _ person: PersonID) -> Bool {
    selects(workflow.access.start, person, owner: workflow.owner)
  }

  /// Operators: those whom the file names, else the owner. `system:operator` is the machine's own keyboard.
  package func mayOperate(_ workflow: Workflow, _ person: PersonID) -> Bool {
    selects(workflow.access.operate ?? [.owner], person, owner: workflow.owner)
  }

  /// The initiator, those who are or were asked, operators, the owner, and whom the file names.
  package func mayView(_ instance: Instance, _ workflow: Workflow, _ person: PersonID) -> Bool {
    takesPart(person, in: instance, of: workflow) || mayOperate(workflow, person)
      || selects(workflow.access.view ?? [], person, owner: workflow.owner)
  }

  /// The initiator, and those who are or were asked: who also see what is sensitive in it.
  package func takesPart(_ person: PersonID, in instance: Instance, of workflow: Workflow) -> Bool {
    instance.initiator == person || instance.results.values.contains { $0.isWork(of: person) }
      || workflow.steps.contains { instance.workers(at: $0).contains(person) }
      || instance.visits.contains { $0.work.asks(person) || $0.movers.contains(person) }
  }
}

extension Visit.Work {
  /// Whether the person is asked to do or decide this.
  package func asks(_ person: PersonID) -> Bool {
    switch self {
    case .task(let task): task.pool.contains(person)
    case .approval(let approval):
      approval.pool.contains { $0.person == person || $0.lentTo.contains(person) }
        || (approval.decisions + approval.earlier).contains { $0.by == person }
        || approval.questions.contains { $0.to == person || $0.by == person }
    case .job, .wait, .call, .state, .blocked: false
    }
  }
}

extension StepResult {
  /// Whether the person did it, or decided on a level of it.
  fileprivate func isWork(of person: PersonID) -> Bool {
    guard by != person else { return true }
    let decisions = output["decisions"]?.listValue ?? []
    return decisions.contains { $0["by"]?.stringValue == person || $0["acting_for"]?.stringValue == person }
  }
}

extension Turn {
  func authorizeStart() throws(Rejection) {
    guard context.policy.mayStart(workflow, command.principal) else {
      let allowed = workflow.access.start.map(\.description).joined(separator: ", ")
      throw Rejection(
        .notAllowed, "\(command.principal) may not start \(workflow.name)",
        hint: allowed.isEmpty ? "its file lets nobody start it (access.start)" : "its file lets \(allowed) start it")
    }
  }

  /// Whoever was revoked, or is not in `people.yaml` any more, does nothing: whatever task, seat or instance is theirs.
  func refuseNobody() throws(Rejection) {
    guard command.action.isOfPeople, !context.policy.isActive(command.principal) else { return }
    throw Rejection(.notAllowed, "\(command.principal) is not in people.yaml, so has no say in \(state.id)")
  }

  func authorizeOperate() throws(Rejection) {
    guard context.policy.mayOperate(workflow, command.principal) else {
      throw Rejection(
        .notAllowed, "\(command.principal) may not operate \(state.id)",
        hint: "its file lets \((workflow.access.operate ?? [.owner]).map(\.description).joined(separator: ", ")) do so")
    }
  }

  func authorizeView() throws(Rejection) {
    guard context.policy.mayView(state, workflow, command.principal) else {
      throw Rejection(.notAllowed, "\(command.principal) may not see \(state.id)")
    }
  }
}

extension Command.Action {
  /// What people do themselves; the rest is told by timers, performers, messages and other instances.
  fileprivate var isOfPeople: Bool {
    switch self {
    case .decide, .delegate, .complete, .move, .comment, .ask, .answer, .withdraw, .reopen, .retry, .skip, .suspend,
      .resume, .cancel, .migrate:
      true
    case .start, .startChild, .childStarted, .childRefused, .childEnded, .abandon, .jobDone, .jobFailed,
      .redeliver, .delivered, .deliveryFailed, .receive, .tick, .follow:
      false
    }
  }
}
