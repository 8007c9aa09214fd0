import WorkflowEngine

extension Case {
  /// Items, children, what is taken back, and deadlines of the whole, as the timeline of a page tells them.
  func flow(_ event: Event, _ reader: Reader) -> (String, TimelineLine.Tone) {
    switch event {
    case .eachOpened(let opened): ("\(quoted(opened.step)) begins for \(opened.items.count) items", .plain)
    case .itemEntered(let step, _, _, _): ("\(quoted(step)): the next item", .faint)
    case .itemEnded(let ended):
      (
        "\(quoted(ended.step)): an item \(ended.outcome.asWords)" + (ended.by.map { " by \(reader.you($0))" } ?? ""),
        ended.outcome == "failed" ? .bad : .plain
      )
    case .gathered(let step, _, _, _, _): ("\(quoted(step)): nothing is left to wait for", .faint)
    case .callOpened(let opened): ("\(quoted(opened.step)) calls \(opened.workflow)", .faint)
    case .childStarted(let step, _, let child): ("\(quoted(step)) started \(child) and waits for it", .plain)
    case .expired(let to, _, _): ("its time was up: on to \(quoted(to))", .bad)
    case .overdue(_, let action, let people): ("it takes long: \(told(action, reader.names(of: people)))", .plain)
    case .migrated(let migrated):
      (
        "\(reader.you(migrated.by)) moved it on to version \(migrated.version)"
          + (migrated.reason.map { ": “\($0)”" } ?? "")
          + (migrated.passed.isEmpty ? "" : ", past \(migrated.passed.map(quoted).listed()), as its file allows"),
        migrated.passed.isEmpty ? .plain : .bad
      )
    case .undoBegun(let undoing):
      (
        (undoing.by.map { "\(reader.you($0)) gave it up" } ?? "it ends")
          + "; what it has done is taken back first" + (undoing.reason.map { ": “\($0)”" } ?? ""), .bad
      )
    case .undoOpened(let step, _, _, _): ("\(quoted(step)) is being taken back", .plain)
    case .undone(let step, _, _, let by, let reason):
      (
        by.map { "\(reader.you($0)) left \(quoted(step)) as it is" } ?? "\(quoted(step)) was taken back"
          + (reason.map { ": “\($0)”" } ?? ""), .plain
      )
    default: ("", .faint)
    }
  }

  private func quoted(_ step: StepID) -> String { "‘\(label(of: step))’" }

  private func told(_ action: Escalated.Action, _ people: String) -> String {
    switch action {
    case .remind: "\(people) reminded"
    case .add: "\(people) asked as well"
    case .handOver: "handed over to \(people)"
    }
  }
}
