import CEL

/// How the events of `undo` fold.
extension Instance {
  mutating func begin(_ undoing: Undoing) {
    self.undoing = undoing
    outcome = nil
    tokens = []
    visits = []
    timers = []
    listens = []
    frames = Array(frames.prefix(1))
  }

  mutating func openUndo(_ step: StepID, _ number: Int, _ token: Int, undoes: Int, at: Timestamp) {
    guard let noted = undos.last(where: { $0.step == step && $0.visit == undoes }) else {
      preconditionFailure("\(id): event \(events) takes back visit \(undoes) of \(step), which was never noted")
    }
    tokens.append(Token(id: token, frame: 0, branch: 0, step: step, visit: number))
    counts[step] = number
    lastToken = max(lastToken, token)
    var job = OpenJob(uses: noted.uses, request: noted.request, timeout: .seconds(30))
    job.undoes = undoes
    visits.append(Visit(step: step, number: number, token: token, since: at, work: .job(job)))
  }

  mutating func closeUndo(_ step: StepID, _ number: Int) {
    guard let index = visits.firstIndex(where: { $0.step == step && $0.number == number }) else { return }
    let visit = visits.remove(at: index)
    tokens.removeAll { $0.id == visit.token }
    undos.removeAll { $0.step == step && $0.visit == visit.undoes }
  }
}
