import CEL
import WorkflowEngine

extension Instance {
  /// The head without its timeline: what people read first, and what recovery reads instead of folding.
  func write(to file: inout FileWriter) {
    file.field("instance", id.description)
    file.field("workflow", workflow)
    file.field("version", version)
    file.field("definition", definition)
    file.field("title", title)
    file.field("status", status.rawValue)
    if isSuspended { file.field("suspended", "by-operator") }
    file.field("outcome", ifPresent: outcome)
    file.field("started") { writer in
      writer.map {
        $0.field("at", startedAt)
        $0.field("by", initiator)
      }
    }
    file.field("object", ifPresent: object)
    if let caller { file.field("caller") { caller.write(to: &$0) } }
    if !about.isEmpty { file.field("about") { writer in writer.list(about) { $0.write($1) } } }
    file.field("ended", ifPresent: endedAt)
    file.field("due", ifPresent: due)
    if !timers.isEmpty { file.field("timers") { $0.write(timers) } }
    file.field("input") { $0.members(input) }
    file.field("vars") { $0.members(vars) }
    if let output { file.field("output") { $0.members(output) } }
    writeControl(to: &file)
  }

  /// Where control stands, and what is owed.
  private func writeControl(to file: inout FileWriter) {
    file.items("tokens", tokens) { $1.write(to: &$0) }
    file.items("frames", frames) { $1.write(to: &$0) }
    file.items("visits", visits) { $1.write(to: &$0) }
    if !listens.isEmpty { file.items("listens", listens) { $1.write(to: &$0) } }
    let steps = counts.keys.sorted { $0.precedesInBytes($1) }
    file.field("counts") { writer in
      writer.map { writer in
        for step in steps {
          writer.key(named: step)
          writer.write(counts[step] ?? 0)
        }
      }
    }
    let finished = results.keys.sorted { $0.precedesInBytes($1) }
    file.items("results", finished) { results[$1]?.write(of: $1, to: &$0) }
    file.items("undos", undos) { writer, undo in writer.map { undo.write(to: &$0) } }
    if let undoing { file.field("undoing") { writer in writer.map { undoing.write(to: &$0) } } }
    file.items("owed", deliveries) { writer, delivery in writer.map { delivery.write(to: &$0) } }
    file.field("last") { writer in
      writer.map {
        $0.field("event", events)
        $0.field("at", lastEventAt)
        $0.field("token", lastToken)
        $0.field("frame", lastFrame)
      }
    }
  }

  init(from file: inout FileReader) throws(RecordError) {
    self = try Instance.begun(in: &file)
    object = try file.text(ifPresent: "object")
    caller = try file.field(ifPresent: "caller") { reader throws(RecordError) in try Caller(from: &reader) }
    about =
      try file.field(ifPresent: "about") { reader throws(RecordError) in
        try reader.list { reader throws(RecordError) in try reader.text() }
      } ?? []
    endedAt = try file.instant(ifPresent: "ended")
    due = try file.instant(ifPresent: "due")
    timers = try file.field(ifPresent: "timers") { reader throws(RecordError) in try reader.timerList() } ?? []
    input = try file.field("input") { reader throws(RecordError) in try reader.valueMap() }
    vars = try file.field("vars") { reader throws(RecordError) in try reader.valueMap() }
    output = try file.field(ifPresent: "output") { reader throws(RecordError) in try reader.valueMap() }
    try readControl(from: &file)
  }

  /// The first lines, up to `started:`. An instance only comes about by its first event, so that is what is made.
  private static func begun(in file: inout FileReader) throws(RecordError) -> Instance {
    let id = try file.field("instance") { reader throws(RecordError) in try reader.instanceID() }
    let workflow = try file.text("workflow")
    let version = try file.int("version")
    let definition = try file.text("definition")
    let title = try file.text("title")
    let status: Status = try file.field("status") { reader throws(RecordError) in try reader.word("status") }
    let isSuspended = try file.text(ifPresent: "suspended") != nil
    let outcome = try file.text(ifPresent: "outcome")
    let (at, by) = try file.field("started") { reader throws(RecordError) in try reader.origin() }
    let started = Started(
      instance: id, workflow: workflow, version: version, definition: definition, title: title, by: by, input: [:],
      vars: [:], step: "", due: nil, timers: [])
    var instance: Instance?
    Instance.evolve(&instance, Entry(number: 1, at: at, event: .started(started)))
    guard var instance else { preconditionFailure("\(id): 'started' made no instance") }
    instance.status = status
    instance.isSuspended = isSuspended
    instance.outcome = outcome
    return instance
  }

  private mutating func readControl(from file: inout FileReader) throws(RecordError) {
    tokens = try file.items("tokens") { reader throws(RecordError) in try Token(from: &reader) }
    frames = try file.items("frames") { reader throws(RecordError) in try Frame(from: &reader) }
    visits = try file.items("visits") { reader throws(RecordError) in try Visit(from: &reader) }
    if file.has("listens") {
      listens = try file.items("listens") { reader throws(RecordError) in try Listening(from: &reader) }
    }
    counts = try file.field("counts") { reader throws(RecordError) in try reader.counts() }
    let finished = try file.items("results") { reader throws(RecordError) in try StepResult.read(from: &reader) }
    results = Dictionary(finished, uniquingKeysWith: { first, _ in first })
    undos = try file.items("undos") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in try NotedUndo(from: &reader) }
    }
    undoing = try file.field(ifPresent: "undoing") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in try Undoing(from: &reader) }
    }
    deliveries = try file.items("owed") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in try Delivery(from: &reader) }
    }
    let last = try file.field("last") { reader throws(RecordError) in try reader.last() }
    (events, lastEventAt, lastToken, lastFrame) = last
  }
}

extension RecordReader {
  fileprivate mutating func origin() throws(RecordError) -> (Timestamp, PersonID) {
    try map { reader throws(RecordError) in (try reader.instant("at"), try reader.text("by")) }
  }

  fileprivate mutating func counts() throws(RecordError) -> [StepID: Int] {
    try map { reader throws(RecordError) in
      var counts: [StepID: Int] = [:]
      while let step = try reader.nextKey() { counts[step] = try reader.int() }
      return counts
    }
  }

  fileprivate mutating func last() throws(RecordError) -> (Int, Timestamp, Int, Int) {
    try map { reader throws(RecordError) in
      (try reader.int("event"), try reader.instant("at"), try reader.int("token"), try reader.int("frame"))
    }
  }
}
