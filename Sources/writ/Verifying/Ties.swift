import GitStore
import WorkflowEngine
import WorkflowFiles

/// What instances say of each other and of messages, so that both sides can be held against each other.
struct Ties {
  /// Children by what their callers say, and callers by what the children say.
  private(set) var children: [InstanceID: VisitPlace] = [:]
  private(set) var callers: [InstanceID: VisitPlace] = [:]
  /// Who received which message, by its number.
  private(set) var received: [Int: [(by: InstanceID, message: Received)]] = [:]

  struct VisitPlace: Hashable, CustomStringConvertible {
    var instance: InstanceID
    var step: StepID
    var visit: Int
    var description: String { "\(instance).\(step).\(visit)" }
  }

  mutating func note(_ story: InstanceStory) {
    for entry in story.entries {
      switch entry.event {
      case .started(let started):
        guard let caller = started.caller else { continue }
        callers[story.id] = VisitPlace(instance: caller.instance, step: caller.step, visit: caller.visit)
      case .childStarted(let step, let visit, let child):
        children[child] = VisitPlace(instance: story.id, step: step, visit: visit)
      case .received(let message): received[message.message, default: []].append((story.id, message))
      default: continue
      }
    }
  }
}

extension RecordVerifier {
  /// A child and its caller name each other; a message reached those who say so, as it was sent.
  mutating func verifyTies() {
    for child in Set(ties.children.keys).union(ties.callers.keys).sorted()
    where ties.children[child] != ties.callers[child] {
      report.note(
        "instance \(child)",
        "names \(ties.callers[child].map { "\($0)" } ?? "nobody") as its caller; it was called by "
          + "\(ties.children[child].map { "\($0)" } ?? "nobody")")
    }
    for (number, file) in messages.sorted(by: { $0.key < $1.key }) {
      let received = ties.received[number] ?? []
      let path = StateLayout.message(number)
      if Set(received.map(\.by)) != Set(file.instances) { report.note(path, "reached others than it says") }
      let sent = (file.message.event, file.message.key, file.by)
      for one in received where (one.message.event, one.message.key, one.message.by) != sent {
        report.note(path, "is not the message that \(one.by) received")
      }
    }
    for number in ties.received.keys.sorted() where numbers.contains(number) {
      report.note("message \(number)", "was received, and is an instance")
    }
  }
}
