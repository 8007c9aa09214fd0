import CEL

/// `migrate:` of a later version moves a running instance to it: all of it fits, or nothing happens.
extension Turn {
  /// What stood at a token before a migration, for the visit that opens there anew.
  struct Standing {
    var timers: [Timer]
    var due: Timestamp?
  }

  /// - Parameter reason: an operator's; whoever deploys the version has it reviewed in its file.
  mutating func migrate(reason: String?) throws(Rejection) {
    let successor = try successor()
    guard let migration = successor.workflow.migration, migration.admits(state.version) else {
      throw Rejection(
        .conflict,
        "version \(successor.version) of \(state.workflow) does not say what becomes of version \(state.version)",
        hint: "'migrate' in its file says it; \(state.id) ends on its own version")
    }
    var migrated = Migrated(
      by: command.principal, reason: reason, version: successor.version, definition: successor.digest,
      title: successor.workflow.title)
    if successor.workflow.name != state.workflow { migrated.workflow = successor.workflow.name }
    let fitting = try fitting(state, to: successor, by: migration, &migrated)
    let old = (listens: !state.listens.isEmpty || workflow.onEvent.isEmpty, visits: state.visits)
    emit(.migrated(migrated))
    follow(successor)
    carry(old.visits, fitting.reopened)
    do throws(StepFailure) {
      if old.listens { try listen(workflow.onEvent, at: nil) }
      for visit in fitting.kept {
        let id = VisitID(step: migrated.place(of: visit.step), visit: visit.number)
        guard let open = state.visit(id.step, id.visit), let step = workflow.step(id.step) else { continue }
        try listen(step.onEvent, at: open.place)
      }
    } catch {
      throw misfit([error.message], to: successor)
    }
    for branch in migrated.dropped { settle(frame: branch.frame) }
  }

  private func successor() throws(Rejection) -> DeployedWorkflow {
    guard let successor = context.callee(state.workflow) else {
      throw Rejection(.conflict, "\(state.workflow) is retired; \(state.id) ends on its own version")
    }
    guard successor.version > state.version else {
      throw Rejection(.conflict, "\(state.id) is on version \(state.version), which is the newest")
    }
    return successor
  }

  private func fitting(
    _ state: Instance, to successor: DeployedWorkflow, by migration: Migration, _ migrated: inout Migrated
  ) throws(Rejection) -> Fitting {
    if state.isSuspended { throw misfit(["it is suspended; it can be moved when it is resumed"], to: successor) }
    if state.undoing != nil { throw misfit(["it is being taken back"], to: successor) }
    let fitting = Fitting(state, from: workflow, to: successor.workflow, by: migration)
    var misfits = fitting.misfits
    migrated.renamed = fitting.renamed
    migrated.moved = fitting.moved
    migrated.reopened = fitting.reopened
    migrated.kept = fitting.kept
    migrated.dropped = fitting.dropped
    migrated.cancelled = fitting.cancelled
    migrated.passed = fitting.passed
    migrated.timers = state.timers.filter { timer in
      switch timer.purpose {
      case .expires: successor.workflow.expires != nil
      case .escalate(let index): successor.workflow.escalate.indices.contains(index)
      case .wait, .retry: true
      }
    }
    misfits += write(migration.set, for: successor, &migrated)
    guard misfits.isEmpty else { throw misfit(misfits, to: successor) }
    return fitting
  }

  /// New variables come from `set`, whose right sides read the instance as it was; what the new version does not have goes.
  private func write(_ set: [Assignment], for successor: DeployedWorkflow, _ migrated: inout Migrated) -> [String] {
    let (new, types) = (successor.workflow, successor.types)
    var misfits: [String] = []
    let evaluation = evaluation()
    for assignment in set {
      do throws(StepFailure) {
        if let value = try evaluation.value(ifPresent: assignment.value, "migrate.set.\(assignment.name)") {
          migrated.vars[assignment.name] = value.stored
        } else if state.vars[assignment.name] != nil {
          migrated.unset.append(assignment.name)
        }
      } catch { misfits.append(error.message) }
    }
    let declared = Set(new.variables.map(\.name))
    migrated.unset += state.vars.entries.compactMap(\.key.string).filter { !declared.contains($0) }
    migrated.unset.sort()
    for variable in new.variables {
      if let schema = variable.schema, let value = migrated.vars[variable.name] {
        migrated.vars[variable.name] = schema.sealing(value, with: context.seal)
      }
      let kept = migrated.unset.contains(variable.name) ? nil : state.vars[variable.name]
      guard let value = migrated.vars[variable.name] ?? kept else {
        if variable.value != nil {
          misfits.append("the variable '\(variable.name)' is new; 'migrate.set' gives it its value")
        }
        continue
      }
      for violation in variable.schema?.validate(value) ?? [] {
        misfits.append("the variable '\(variable.name)' does not hold any more: \(violation.message)")
      }
      if let type = types.vars[variable.name], let set = migrated.vars[variable.name],
        case let given = Type(of: set.typed(as: type)), !given.fits(type)
      {
        misfits.append("'migrate.set' gives '\(variable.name)' \(given.words), and it is \(type.words)")
      }
      if migrated.vars[variable.name] == nil, let was = context.definition.types.vars[variable.name],
        let type = types.vars[variable.name], !was.fits(type)
      {
        misfits.append(
          "the variable '\(variable.name)' was \(was.words) and is \(type.words); 'migrate.set' gives it its value")
      }
    }
    return misfits
  }

  private func misfit(_ reasons: [String], to successor: DeployedWorkflow) -> Rejection {
    Rejection(
      .conflict, "\(state.id) does not fit version \(successor.version): \(reasons.joined(separator: "; "))",
      hint: "it stays on version \(state.version)",
      violations: reasons.map { Rejection.Violation(pointer: "", message: $0) })
  }

  /// Timers keep their instants: what opens anew at a token is due when it was. Of an approval that was at a later level
  /// only the expiry is left, because it begins again.
  private mutating func carry(_ visits: [Visit], _ reopened: [VisitID]) {
    for visit in visits where reopened.contains(VisitID(step: visit.step, visit: visit.number)) {
      var standing = Standing(timers: visit.timers, due: visit.due)
      if case .approval(let open) = visit.work, open.level > 0 {
        standing = Standing(timers: visit.timers.filter { $0.purpose == .expires }, due: nil)
      }
      carried[visit.token] = standing
    }
  }
}
