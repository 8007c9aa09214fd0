import CEL
import HashTreeCollections
import WorkflowEngine

/// Children: started and cancelled as errands; their end is carried to the caller in the batch that holds it.
extension Loop {
  func run(_ errand: Errand, _ batch: inout Batch, _ now: Timestamp) {
    switch errand {
    case .start(let caller, let visit): start(visit, of: caller, &batch, now)
    case .abandon(let child): abandon(child, &batch, now)
    }
  }

  /// Child and caller learn of each other in one batch: a child is started exactly once.
  private func start(_ id: VisitID, of number: Int, _ batch: inout Batch, _ now: Timestamp) {
    guard let caller = batch.world.live[number], let visit = caller.visit(id.step, id.visit), visit.incident == nil,
      let call = visit.call, call.child == nil
    else { return }
    guard let definition = batch.world.deployment.versions[call.workflow]?[call.version] else {
      return tell(
        number, .childRefused(step: id.step, visit: id.visit, message: "\(call.workflow) is not deployed"), &batch, now)
    }
    let child = InstanceID(name: definition.workflow.shortName, number: batch.world.nextNumber)
    let origin = Caller(
      instance: caller.id, step: id.step, visit: id.visit, depth: (caller.caller?.depth ?? 0) + 1)
    do throws(Rejection) {
      let action = Command.Action.startChild(child, of: origin, input: call.input, about: call.about)
      let started = try apply(action, to: nil, definition, Request(by: caller.initiator, .advance), &batch, now)
      batch.world.nextNumber += 1
      tell(number, .childStarted(step: id.step, visit: id.visit, child: child), &batch, now)
      if let instance = started.instance { carry(instance, to: origin, &batch, now) }
    } catch {
      let message = ([error.message] + error.violations.map { "\($0.pointer): \($0.message)" }).joined(separator: "; ")
      tell(
        number, .childRefused(step: id.step, visit: id.visit, message: "\(call.workflow): \(message)"), &batch, now)
    }
  }

  private func abandon(_ number: Int, _ batch: inout Batch, _ now: Timestamp) {
    guard let child = batch.world.live[number], !child.status.isEnded, !batch.world.isAwaited(child),
      let caller = child.caller
    else { return }
    tell(number, .abandon(reason: "\(caller.instance) does not wait for it any more"), &batch, now)
  }

  /// Tells the visit that waits for an instance that it has ended. Once told, the visit waits no longer.
  func carry(_ child: Instance, to caller: Caller?, _ batch: inout Batch, _ now: Timestamp) {
    guard child.status.isEnded, let caller,
      batch.world.live[caller.instance.number]?.visit(caller.step, caller.visit)?.call?.child == child.id
    else { return }
    let end = Command.Action.childEnded(
      step: caller.step, visit: caller.visit, child: child.id, outcome: child.outcome ?? "completed",
      output: child.output ?? [:])
    tell(caller.instance.number, end, &batch, now)
  }

  /// A command that no instance refuses.
  private func tell(_ number: Int, _ action: Command.Action, _ batch: inout Batch, _ now: Timestamp) {
    guard let instance = batch.world.live[number], let definition = batch.world.deployment.workflow(of: instance) else {
      return
    }
    _ = try? apply(action, to: instance, definition, Request(by: "system:caller", .advance), &batch, now)
  }
}
