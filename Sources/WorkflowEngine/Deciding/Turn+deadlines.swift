import CEL

/// The workflow's own `expires` and `escalate`: they count from the start, whatever step it is at.
extension Turn {
  func deadlines() throws(StepFailure) -> [Timer] {
    try timers(expires: workflow.expires?.after, escalate: workflow.escalate)
  }

  mutating func fire(_ timer: Timer) {
    switch timer.purpose {
    case .expires: expireInstance()
    case .escalate(let index): escalateInstance(index)
    case .wait, .retry: break
    }
  }

  /// Cancels the root frame with everything in it; one root token goes on.
  private mutating func expireInstance() {
    guard let target = workflow.expires?.then else { return }
    emit(.expired(to: target, token: state.lastToken + 1, cancelled: openVisits(in: 0)))
  }

  /// Reaches those who are asked now, or has others asked beside or in place of them.
  private mutating func escalateInstance(_ index: Int) {
    guard workflow.escalate.indices.contains(index) else { return }
    var action = Escalated.Action.remind
    var people: [PersonID] = []
    switch workflow.escalate[index].action {
    case .remind: break
    case .add(let selectors): (action, people) = (.add, named(by: selectors))
    case .handOver(let selectors): (action, people) = (.handOver, named(by: selectors))
    }
    // Nobody to hand over to: those who are asked stay asked.
    if people.isEmpty { (action, people) = (.remind, asked) }
    emit(.overdue(index: index, action: action, people: people))
    guard !people.isEmpty else { return }
    tell(
      people, by: nil,
      Notice(
        id: "\(state.id).e\(index)", step: state.id.name,
        topic: .occasion(action == .remind ? .overdue : .handOver)))
  }

  private func named(by selectors: [Selector]) -> [PersonID] {
    ((try? resolve(selectors, evaluation())) ?? []).map(\.person)
  }

  /// Everybody who is asked and has not answered.
  private var asked: [PersonID] {
    var asked: [PersonID] = []
    for person in state.visits.flatMap(\.asked) where !asked.contains(person) { asked.append(person) }
    return asked
  }
}
