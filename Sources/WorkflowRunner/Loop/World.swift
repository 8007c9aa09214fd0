package import CEL
package import HashTreeCollections
package import WorkflowEngine

/// Everything that decisions are made on: an immutable value, so that readers see snapshots and a failed batch is
/// undone by forgetting it.
package struct World: Sendable {
  /// Instances that have not ended, or still owe something, by number.
  package var live = Instances()
  /// The latest archived instances, by number; older ones are read from the record.
  package var ended = Instances()
  /// Numbers of live instances that ask a person.
  package var work: TreeDictionary<PersonID, TreeSet<Int>> = [:]
  /// Numbers of live instances that wait for a message.
  package var listening: TreeDictionary<Channel, TreeSet<Int>> = [:]
  /// Numbers of live instances, by what they are about.
  package var objects: TreeDictionary<ObjectKey, Int> = [:]
  package var mailbox = Mailbox()
  package var deployment = Deployment()
  package var requests: TreeDictionary<RequestKey, Answered> = [:]
  /// What instances owe each other: children to start and to cancel, oldest first.
  package var errands: [Errand] = []
  /// The keys that each batch answered, by its number: as long as its file is kept.
  package var answered: TreeDictionary<Int, [RequestKey]> = [:]
  /// No batch before this one has a file of keys.
  package var firstAnswered = 1
  /// The next instance's number.
  package var nextNumber = 1
  /// Number of the last batch.
  package var sequence = 0
  /// Grows with each new holder of the record.
  package var term = 1
  package var cursors: [String: String] = [:]
  /// Names the record for ever; what a decision by hand is bound to.
  package var repository = ""

  package init() {}

  /// So many are kept at least, and forgotten a few at once.
  package static let endedKept = 1_000
  private static let endedForgotten = 250

  package func instance(_ number: Int) -> Instance? { live[number] ?? ended[number] }

  /// Puts an instance in, and keeps the indexes in step with it.
  package mutating func put(_ instance: Instance) {
    let number = instance.id.number
    let before = live[number]
    let isLive = !instance.isArchivable
    errands += Errand.arising(from: before, to: instance)
    ask(Self.asked(before), isLive ? Self.asked(instance) : [], number)
    listen(before?.channels ?? [], isLive ? instance.channels : [], number)
    keep(ObjectKey(before), ObjectKey(instance), number)
    live[number] = isLive ? instance : nil
    ended[number] = isLive ? nil : instance
    if ended.count >= Self.endedKept + Self.endedForgotten {
      for oldest in ended.numbers.sorted().prefix(Self.endedForgotten) { ended[oldest] = nil }
    }
  }

  private mutating func ask(_ before: Set<PersonID>, _ after: Set<PersonID>, _ number: Int) {
    guard before != after else { return }
    for person in before.subtracting(after) { work[person]?.remove(number) }
    for person in after.subtracting(before) { work[person, default: []].insert(number) }
  }

  private mutating func listen(_ before: Set<Channel>, _ after: Set<Channel>, _ number: Int) {
    guard before != after else { return }
    for channel in before.subtracting(after) {
      listening[channel]?.remove(number)
      if listening[channel]?.isEmpty == true { listening[channel] = nil }
    }
    for channel in after.subtracting(before) { listening[channel, default: []].insert(number) }
  }

  private mutating func keep(_ before: ObjectKey?, _ after: ObjectKey?, _ number: Int) {
    guard before != after else { return }
    if let before { objects[before] = nil }
    if let after { objects[after] = number }
  }

  /// `object:` is unique among the live instances of a workflow.
  func refuseSecond(of instance: Instance) throws(Rejection) {
    guard let object = ObjectKey(instance) else { return }
    let keys = deployment.names(of: instance.workflow).map { ObjectKey(workflow: $0, object: object.object) }
    guard let first = keys.lazy.compactMap({ self.objects[$0].flatMap { self.live[$0] } }).first else { return }
    throw Rejection(
      .conflict, "'\(object.object)' already has \(first.id)", hint: "go on with that one, or end it first")
  }

  /// Everybody who is asked, for a decision or an answer, and has given none.
  private static func asked(_ instance: Instance?) -> Set<PersonID> {
    Set(instance?.visits.flatMap { $0.asked + $0.questioned } ?? [])
  }
}

/// What a live instance is about.
package struct ObjectKey: Sendable, Hashable {
  package var workflow: String
  package var object: String

  init(workflow: String, object: String) {
    self.workflow = workflow
    self.object = object
  }

  /// `nil` for an instance that has ended, or is about nothing in particular.
  init?(_ instance: Instance?) {
    guard let instance, let object = instance.object, !instance.status.isEnded else { return nil }
    workflow = instance.workflow
    self.object = object
  }
}

/// (who, key) of a request that was answered within the last 24 hours.
package struct RequestKey: Sendable, Hashable {
  package var principal: PersonID
  package var key: String

  package init(principal: PersonID, key: String) {
    self.principal = principal
    self.key = key
  }
}

/// The first answer to a request with a key.
package struct Answered: Sendable, Hashable {
  /// SHA-256 in hex of the request.
  package var digest: String
  package var at: Timestamp
  package var instance: Int?
  package var message: Int?
  package var sequence: Int

  package init(digest: String, at: Timestamp, instance: Int?, message: Int?, sequence: Int) {
    self.digest = digest
    self.at = at
    self.instance = instance
    self.message = message
    self.sequence = sequence
  }
}
