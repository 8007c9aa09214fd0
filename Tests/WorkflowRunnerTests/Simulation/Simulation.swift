import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

/// One simulated world: the runner's own loop, pen, agenda and recovery; a disk, a clock, services and people that do
/// what the moves say. The same moves give the same world everywhere.
struct Simulation {
  var now = SimulatedTown.dawn {
    didSet { latest = max(latest, now) }
  }
  private(set) var latest = SimulatedTown.dawn
  let store: SimulatedStore
  let bug: Bug?

  // The process, which may die at any move.
  var loop: Loop
  var pen: Pen
  var agenda: Agenda
  /// What readers see: the newest durable world.
  var published: World
  /// The batch that the disk has not answered for yet.
  var writing: Batch?
  /// Attempts under way at services.
  var errands: [DueWork] = []
  /// Checked commits that are not yet live.
  var plans: [DeployPlan] = []
  var reader = InboxReading()

  // The world outside, which remembers.
  var calls: [Call] = []
  var inbox = SimulatedInbox()
  /// What happened, in words.
  private(set) var story: [String] = []
  /// Calls by ticket, as long as the process lives that has to answer them.
  private var waiting: [Int: Int] = [:]
  private var lastTicket = 0

  init(bug: Bug? = nil) throws {
    self.bug = bug
    store = SimulatedStore(MemoryStore(copyOf: SimulatedTown.beginning))
    published = try World.recovered(from: store, now: now, newRepository: "unused")
    loop = Loop(world: published, outside: SimulatedTown.outside())
    pen = try Pen(store: store, keys: CommitKeys(store.privateKeys()))
    agenda = Agenda(published)
  }

  /// Makes all moves, lets the world come to rest, and looks whether everything holds.
  static func run(_ moves: [Move], bug: Bug? = nil) throws -> Simulation {
    var simulation = try Simulation(bug: bug)
    do {
      for move in moves { try simulation.make(move) }
      try simulation.settle()
    } catch var broken as Broken {
      broken.story = simulation.story
      throw broken
    }
    return simulation
  }

  mutating func tell(_ words: String) { story.append("\(now.rfc3339Milliseconds) \(words)") }

  // MARK: Asking and hearing

  mutating func ask(_ call: Call) throws {
    calls.append(call)
    try send(calls.count - 1)
  }

  mutating func send(_ index: Int) throws {
    lastTicket += 1
    waiting[lastTicket] = index
    calls[index].state = .waiting
    var request = calls[index].request
    if bug == .ignoresKeys { request.key = nil }
    try feed(.submitted(request, ticket: lastTicket))
  }

  private mutating func hear(_ ticket: Int, _ result: Result<Receipt, SubmitError>) throws {
    guard let index = waiting.removeValue(forKey: ticket) else { throw Broken(.answers, "ticket \(ticket) twice") }
    switch result {
    case .success(let receipt):
      try requireDurable(receipt, of: calls[index])
      calls[index].state = .done(receipt)
    case .failure(.refused(let rejection)): calls[index].state = .refused(rejection)
    case .failure(.notDone): calls[index].state = .notDone
    case .failure(.outcomeUnknown): calls[index].state = .unknown
    }
    if case .success = result { return try reader.heard(index, isTaken: true) }
    if case .failure(.refused) = result { try reader.heard(index, isTaken: true) } else { reader.stop(index) }
    guard case .act(let number, _) = calls[index].request.verb else { return }
    switch calls[index].role {
    case .timekeeper: agenda.postpone(number, .timer, to: now.adding(.seconds(5)))
    case .service: agenda.postpone(number, .work, to: now.adding(.seconds(5)))
    case .person, .inbox, .deployer: break
    }
  }

  /// Nothing is said before it is durable.
  private func requireDurable(_ receipt: Receipt, of call: Call) throws {
    guard let bytes = try store.read(StateLayout.runner) else { throw Broken(.acknowledged, "the record is empty") }
    let durable = try RunnerFile(bytes).sequence
    guard receipt.sequence <= durable else {
      throw Broken(
        .acknowledged, "'\(call.words)' is answered in batch \(receipt.sequence); durable is \(durable)")
    }
  }

  // MARK: The process

  mutating func feed(_ input: Loop.Input) throws {
    for effect in loop.step(input, now: now) {
      switch effect {
      case .write(let batch):
        guard writing == nil else { throw Broken(.answers, "two batches are written at once") }
        writing = bug?.spoil(batch) ?? batch
        guard bug == .answersEarly else { break }
        for answer in batch.answers { try hear(answer.ticket, answer.result) }
      case .publish(let batch): publish(batch)
      case .answer(let ticket, let result):
        if bug == .answersEarly, waiting[ticket] == nil { break }
        try hear(ticket, result)
      case .stop: return try restart()
      }
    }
  }

  private mutating func publish(_ batch: Batch) {
    published = batch.world
    guard bug != .forgetsOwed else { return }
    for part in batch.parts.values { agenda.add(part.after) }
  }

  /// The process begins anew from what is durable. Whoever waited for an answer hears none.
  mutating func restart() throws {
    for index in waiting.values where calls[index].state == .waiting { calls[index].state = .unknown }
    waiting = [:]
    (writing, errands, plans, reader) = (nil, [], [], InboxReading())
    var world = try World.recovered(from: store, now: now, newRepository: "unused")
    try audit()
    bug?.spoil(&world)
    published = world
    loop = Loop(world: world, outside: SimulatedTown.outside())
    pen = try Pen(store: store, keys: CommitKeys(store.privateKeys()))
    agenda = Agenda(world)
  }

  mutating func write(_ fate: SimulatedStore.Fate) throws {
    guard let batch = writing else { return }
    store.meet(fate)
    var failure = pen.write(batch)
    store.meet(.written)
    if fate != .written { tell("the disk: \(fate)") }
    writing = nil
    if failure != nil, bug == .assumesWritten { failure = nil }
    if case .outcomeUnknown(let why) = failure, bug == .assumesLost { failure = .notDone(why) }
    try feed(failure.map { .failed($0) } ?? .written)
  }
}

/// An invariant does not hold.
struct Broken: Error, CustomStringConvertible {
  enum Invariant: String {
    case acknowledged = "what was acknowledged is there"
    case once = "nothing is applied twice"
    case answers = "every request is answered at most once, in turn"
    case fold = "every head is the fold of its timeline"
    case lawful = "no unlawful approval counts"
    case resolved = "an unknown outcome is done or not done"
    case recovered = "what is recovered is what was published"
    case chain = "the commits are one chain"
    case owed = "nothing that is owed is forgotten"
    case pinned = "versions keep their text"
  }
  var invariant: Invariant
  var words: String
  var story: [String] = []

  init(_ invariant: Invariant, _ words: String) {
    self.invariant = invariant
    self.words = words
  }

  var description: String {
    "broken: \(invariant.rawValue): \(words)\n" + story.map { "  \($0)\n" }.joined()
  }
}

/// A request as its sender remembers it.
struct Call {
  enum Role { case person, inbox, deployer, service, timekeeper }
  enum State: Equatable {
    case waiting, notDone, unknown
    case refused(Rejection)
    case done(Receipt)

    static func == (left: State, right: State) -> Bool {
      switch (left, right) {
      case (.waiting, .waiting), (.notDone, .notDone), (.unknown, .unknown): true
      case (.refused(let left), .refused(let right)): left == right
      case (.done(let left), .done(let right)): left.sequence == right.sequence
      default: false
      }
    }
  }
  var role: Role
  var request: Request
  /// A text that nothing else in the world has: where it stands in a timeline, the request took effect.
  var mark: String?
  var words: String
  var askedAt: Timestamp
  var state = State.waiting

  /// Whether asking again with the same key still means the same.
  func mayRepeat(at now: Timestamp) -> Bool {
    guard request.key != nil, now < askedAt.adding(.seconds(80_000)) else { return false }
    return state == .notDone || state == .unknown
  }
}
