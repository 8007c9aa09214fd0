extension MessageFacts {
  func german(_ occasion: MessageOccasion) -> Words {
    let what = "\(self[.workflow]) (\(id))"
    let due = ifPresent(.due).map { ["Fällig: \($0)."] } ?? []
    switch occasion {
    case .turn:
      return Words(
        "Sie sind an der Reihe: \(self[.step])",
        ["\(what) wartet auf Sie.", "Begonnen von \(self[.initiator])."] + due)
    case .reminder:
      return Words("Wartet noch: \(self[.step])", ["\(what) wartet seit \(self[.since]) auf Sie."] + due)
    case .handOver:
      return Words(
        "Jetzt bei Ihnen: \(self[.step])", ["\(what) wartet seit \(self[.since]) und liegt jetzt bei Ihnen."] + due)
    case .overdue:
      return Words("Noch unterwegs: \(self[.workflow])", ["\(what) läuft seit \(self[.since])."] + due)
    case .question:
      return Words("\(self[.by]) fragt zu: \(self[.step])", ["\(what): eine Frage an Sie.", self[.text]])
    case .answer:
      return Words("\(self[.by]) hat Ihre Frage beantwortet", ["\(what): die Antwort.", self[.text]])
    }
  }
}
