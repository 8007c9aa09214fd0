extension Instance {
  /// What a message can reach the instance by.
  package var channels: Set<Channel> {
    guard !status.isEnded else { return [] }
    return Set(listens.map(\.channel)).union(visits.flatMap { $0.channels(about: object) })
  }

  mutating func listen(_ listened: Listened) {
    guard let visit = listened.visit else {
      listens = listened.channels
      return
    }
    guard let index = visits.firstIndex(where: { $0.step == visit.step && $0.number == visit.visit }) else {
      preconditionFailure("\(id): event \(events) names visit \(visit.visit) of \(visit.step), which is not open")
    }
    visits[index].listens = listened.channels
  }

  mutating func begin(_ side: SideBegun) {
    frames.append(Frame(id: side.frame, gateway: nil, parent: side.parent, branches: [Frame.Branch(step: side.to)]))
    tokens.append(Token(id: side.token, frame: side.frame, branch: 0, step: side.to))
    lastToken = max(lastToken, side.token)
    lastFrame = max(lastFrame, side.frame)
  }
}

extension Visit {
  /// A wait that needs an operator has had its message; what listens beside the work goes on listening.
  /// A move that nobody makes is made by the event of its name, about the instance's object.
  package func channels(about object: String?) -> [Channel] {
    let moves = offers.filter { $0.pool == nil && incident == nil }.map { Channel(event: $0.move, key: object) }
    let own = listens.map(\.channel) + moves
    guard case .wait(let wait) = work, incident == nil, let channel = wait.channel else { return own }
    return own + [channel]
  }
}

extension OpenWait {
  package var channel: Channel? { event.map { Channel(event: $0, value: key) } }
}

extension Frame {
  /// Opened by a message, beside what goes on: no join gathers it.
  package var isSide: Bool { gateway == nil && parent != nil }
}
