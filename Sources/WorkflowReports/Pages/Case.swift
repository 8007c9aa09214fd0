package import CEL
package import WorkflowEngine

/// An instance with the definition that it is pinned to, as pages tell of it.
package struct Case: Sendable {
  package var instance: Instance
  /// `nil`: the version is no longer loaded.
  package var workflow: Workflow?

  package init(_ instance: Instance, _ workflow: Workflow?) {
    self.instance = instance
    self.workflow = workflow
  }

  package func label(of step: StepID) -> String {
    workflow?.step(step)?.label ?? step.asWords.capitalized
  }

  /// Titles of the input's fields, by name: facts are labelled as the start form was.
  var labels: [String: String] {
    Dictionary((workflow?.input?.formFields ?? []).map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
  }

  /// The earliest promise that is still open.
  package var due: Timestamp? {
    instance.status.isEnded ? nil : (instance.visits.compactMap(\.due) + [instance.due].compactMap { $0 }).min()
  }

  /// Where it stands, in a sentence.
  func standing(_ reader: Reader) -> String {
    if let ended = instance.endedAt {
      return "Ended \(reader.relative(ended)): \(instance.face.words)."
    }
    if instance.isSuspended { return "Suspended by an operator; nothing moves until it is resumed." }
    let parts = instance.visits.map { standing($0, reader) }
    return parts.isEmpty ? "Moving." : parts.joined(separator: " ")
  }

  private func standing(_ visit: Visit, _ reader: Reader) -> String {
    let label = label(of: visit)
    if visit.incident != nil { return "Stuck at ‘\(label)’." }
    let asked = reader.names(of: visit.asked)
    let verb = visit.asked.count == 1 && visit.asked.first != reader.person ? "is" : "are"
    switch visit.work {
    case .task: return "\(asked.capitalized) \(verb) asked: \(label.sentence)"
    case .approval(let open):
      let level = open.levelName == visit.step ? "" : " (\(open.levelName.asWords))"
      return "\(asked.capitalized) \(verb) asked to decide: \(label)\(level)."
    case .call(let call):
      return "‘\(label)’ waits for \(call.child?.description ?? "a new instance of \(call.workflow)")."
    case .job(let job) where job.undoes != nil: return "‘\(label)’ is being taken back (\(job.uses))."
    case .job(let job): return "‘\(label)’ is under way (\(job.uses))."
    case .wait(let wait):
      if let event = wait.event { return "Waits for the message ‘\(event)’." }
      let until = visit.timers.first { $0.purpose == .wait }?.at
      return "‘\(label)’ waits\(until.map { " until \(reader.moment($0))" } ?? "")."
    case .state:
      let moves = visit.moves.map { "‘\($0.asWords)’" }.joined(separator: ", ")
      return "It is ‘\(label)’; \(asked) may move it on: \(moves).".sentence
    case .blocked: return "Stuck at ‘\(label)’."
    }
  }
}

/// Something that waits for a person: an open task or approval.
package struct WorkItem: Sendable {
  package var of: Case
  package var visit: Visit

  package init(_ of: Case, _ visit: Visit) {
    self.of = of
    self.visit = visit
  }

  /// `<instance>.<step>.<visit>`
  package var id: String { "\(of.instance.id).\(visit.step).\(visit.number)" }
  package var label: String { of.label(of: visit) }
  package var step: Step? { of.workflow?.step(visit.step) }

  /// The facts that the author chose, or everything.
  var shown: [Shown] {
    switch visit.work {
    case .task(let task): task.shown
    case .approval(let approval): approval.shown
    case .job, .wait, .call, .state, .blocked: []
    }
  }
}
