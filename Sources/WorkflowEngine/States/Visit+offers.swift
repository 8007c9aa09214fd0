package import CEL

extension Visit {
  /// The names of what can be done in the state, each once, in the author's order.
  package var moves: [String] { names { _ in true } }

  /// The same for one person.
  package func moves(for person: PersonID) -> [String] { names { $0.pool?.contains(person) == true } }

  /// Everybody who may make a move.
  package var movers: [PersonID] {
    var seen: Set<PersonID> = []
    return offers.flatMap { $0.pool ?? [] }.filter { seen.insert($0).inserted }
  }

  private func names(where isMeant: (Offer) -> Bool) -> [String] {
    var seen: Set<String> = []
    return offers.filter(isMeant).map(\.move).filter { seen.insert($0).inserted }
  }
}

extension Instance {
  mutating func open(_ opened: StateOpened, at: Timestamp) {
    if let index = visits.firstIndex(where: { $0.step == opened.step && $0.number == opened.visit }) {
      visits[index].offers = opened.offers
      return
    }
    add(opened.step, opened.visit, at, due: opened.due, timers: opened.timers, .state)
    visits[visits.count - 1].offers = opened.offers
  }

  mutating func stay(_ stayed: Stayed) { write(stayed.vars, unset: stayed.unset) }
}
