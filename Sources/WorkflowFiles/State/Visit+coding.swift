import CEL
import WorkflowEngine

extension Visit {
  func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.visit(step, number)
      writer.field("token", token)
      writer.field("since", since)
      writer.field("due", ifPresent: due)
      writer.field("timers", timers)
      if let incident { writer.field("incident", incident) }
      writer.field("offers", unlessEmpty: offers) { $1.write(to: &$0) }
      writer.field("listens", unlessEmpty: listens) { $1.write(to: &$0) }
      work.write(to: &writer)
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let id = try reader.visit()
      let token = try reader.int("token")
      let since = try reader.instant("since")
      let due = try reader.instant(ifPresent: "due")
      let timers = try reader.timers()
      let incident = reader.has("incident") ? try reader.incident() : nil
      let offers = try reader.items("offers") { reader throws(RecordError) in try Offer(from: &reader) }
      let listens = try reader.items("listens") { reader throws(RecordError) in try Listening(from: &reader) }
      var visit = Visit(
        step: id.step, number: id.visit, token: token, since: since, work: try Visit.Work(from: &reader))
      visit.due = due
      visit.timers = timers
      visit.incident = incident
      visit.listens = listens
      visit.offers = offers
      return visit
    }
  }
}

extension RecordWriter {
  fileprivate mutating func field(_ name: StaticString, _ incident: Incident) {
    key(name)
    map {
      $0.field("code", incident.code)
      $0.field("message", incident.message)
      $0.field("since", incident.since)
    }
  }
}

extension RecordReader {
  fileprivate mutating func incident() throws(RecordError) -> Incident {
    try map { reader throws(RecordError) in
      Incident(
        code: try reader.text("code"), message: try reader.text("message"), since: try reader.instant("since"))
    }
  }
}

extension Visit.Work {
  fileprivate func write(to writer: inout RecordWriter) {
    switch self {
    case .task(let task):
      writer.field("waiting", "task")
      task.write(to: &writer)
    case .approval(let approval):
      writer.field("waiting", "approval")
      approval.write(to: &writer)
    case .job(let job):
      writer.field("waiting", "job")
      job.write(to: &writer)
    case .wait(let wait):
      writer.field("waiting", "event")
      wait.write(to: &writer)
    case .state: writer.field("waiting", "move")
    case .call(let call):
      writer.field("waiting", "child")
      call.write(to: &writer)
    case .blocked: writer.field("waiting", "operator")
    }
  }

  fileprivate init(from reader: inout RecordReader) throws(RecordError) {
    try reader.key("waiting")
    let place = reader.position
    switch try reader.text() {
    case "task": self = .task(try OpenTask(from: &reader))
    case "approval": self = .approval(try OpenApproval(from: &reader))
    case "job": self = .job(try OpenJob(from: &reader))
    case "event": self = .wait(try OpenWait(from: &reader))
    case "move": self = .state
    case "child": self = .call(try OpenCall(from: &reader))
    case "operator": self = .blocked
    case let other: throw reader.error(.unknownKind(field: "waiting", value: other), at: place)
    }
  }
}
