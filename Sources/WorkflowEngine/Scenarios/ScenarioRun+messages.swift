import CEL

extension ScenarioRun {
  /// A message that nobody waited for when it came.
  struct Kept: Sendable {
    var command: Command
    var channel: Channel
    var until: Timestamp
  }

  /// Keeps a message that is lawful and comes early, as the runner does; whether it is one.
  mutating func keep(_ command: Command, refusedWith rejection: Rejection) -> Bool {
    guard rejection.code == .conflict, case .receive(let message) = command.action, let instance,
      !instance.status.isEnded, !instance.channels.contains(message.channel),
      let declared = context.definition.workflow.events.first(where: { $0.name == message.event }),
      context.policy.maySend(
        declared, command.principal, to: context.definition.workflow, of: instance.initiator),
      (try? context.policy.accepted(message.payload, by: declared, sealing: context.seal)) != nil,
      let until = try? Engine.deadline(of: declared, sentBy: command.principal, in: context)
    else { return false }
    kept.append(Kept(command: command, channel: message.channel, until: until))
    return true
  }

  /// The oldest message that is still kept and that the instance waits for by now.
  mutating func nextKept(for instance: Instance) -> Command? {
    kept.removeAll { $0.until <= context.now }
    guard let index = kept.firstIndex(where: { instance.channels.contains($0.channel) }) else { return nil }
    return kept.remove(at: index).command
  }
}
