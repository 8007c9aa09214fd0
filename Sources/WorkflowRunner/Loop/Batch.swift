package import CEL
package import WorkflowEngine
package import WorkflowFiles

/// What one commit will hold: everything decided since the last one was handed to the writer.
package struct Batch: Sendable {
  /// One instance's part: it is written once, its timeline keeps every event.
  package struct Part: Sendable {
    /// `nil`: the instance starts in this batch.
    package var before: Instance?
    package var after: Instance
    package var entries: [Entry]
    /// Evidence by the number of the decision that names its digest: what no event names could not be held to account.
    package var evidence: [(event: Int, bytes: [UInt8])] = []

    fileprivate mutating func add(_ more: [Entry], _ after: Instance, _ bytes: [UInt8]?) {
      self.after = after
      entries += more
      let naming = more.first { if case .decided(let decided) = $0.event { decided.evidence != nil } else { false } }
      if let bytes, let event = naming?.number { evidence.append((event, bytes)) }
    }
  }

  package var sequence: Int
  package var at: Timestamp
  package var parts: [Int: Part] = [:]
  package var deploys: [DeployPlan] = []
  /// A rewritten branch that somebody accepted; one in a batch.
  package var acceptance: AcceptanceFile?
  package var requests: [(RequestKey, Answered)] = []
  /// Messages that came or whose standing changed, by number, and those that are remembered no longer.
  package var messages: [Int: MessageFile] = [:]
  package var forgotten: Set<Int> = []
  /// Batches whose keys are no longer remembered.
  package var forgottenKeys: [Int] = []
  /// Bytes of input, roughly: bounds the batch beside the number of commands.
  package var weight = 0
  package var commands = 0
  /// The world after it.
  package var world: World
  var answers: [Answer] = []

  /// An answer that waits until the batch is durable.
  struct Answer: Sendable {
    var ticket: Int
    var result: Result<Receipt, SubmitError>
  }

  /// Nothing yet, on top of `world`.
  init(after world: World, at: Timestamp) {
    sequence = world.sequence + 1
    self.at = at
    self.world = world
    self.world.sequence = sequence
  }

  static let maximumCommands = 2_000
  static let maximumWeight = 8 << 20

  var isFull: Bool { commands >= Self.maximumCommands || weight >= Self.maximumWeight }

  /// Nothing in it has to be written; a cursor aside.
  var isEmpty: Bool { parts.isEmpty && deploys.isEmpty && acceptance == nil && messages.isEmpty && forgotten.isEmpty }

  mutating func post(_ file: MessageFile) {
    messages[file.message.number] = file
    world.mailbox.put(file)
    weight += file.bytes.count
  }

  mutating func add(_ entries: [Entry], before: Instance?, after: Instance, evidence: [UInt8]?) {
    let number = after.id.number
    parts[number, default: Part(before: before, after: after, entries: [])].add(entries, after, evidence)
  }
}
