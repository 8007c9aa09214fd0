package import CEL

/// Judges the approvals of a timeline by what the timeline itself recorded when their levels opened: pool, exclusions
/// and rule. Evaluates nothing again, and shares nothing with what decided.
package struct Lawfulness {
  /// An event that should not be there.
  package struct Offence: Sendable, Hashable {
    /// Number of the event.
    package var event: Int
    /// One sentence without a full stop.
    package var words: String
  }

  private struct Level {
    var opened: LevelOpened
    var pool: [Seat]
    var decisions: [Decision] = []
    var outcome: Outcome?
  }

  private var levels: [VisitID: Level] = [:]
  private var offences: [Offence] = []

  private init() {}

  package static func offences(in entries: some Sequence<Entry>) -> [Offence] {
    var judge = Lawfulness()
    for entry in entries { judge.hear(entry) }
    return judge.offences
  }

  private mutating func hear(_ entry: Entry) {
    switch entry.event {
    case .levelOpened(let opened): open(opened, entry)
    case .delegated(let step, let visit, let seat, let by, let to):
      lend(VisitID(step: step, visit: visit), seat, by, to, entry)
    case .escalated(let escalated): reach(escalated)
    case .decided(let decided): decide(decided, entry)
    case .levelClosed(let step, let visit, let name, let outcome):
      close(VisitID(step: step, visit: visit), name, outcome, entry)
    case .left(let left): leave(left, entry)
    case .superseded(let step, let visit), .retried(let step, let visit, _, _):
      levels[VisitID(step: step, visit: visit)] = nil
    default: break
    }
  }

  private mutating func note(_ entry: Entry, _ words: String) {
    offences.append(Offence(event: entry.number, words: words))
  }

  private mutating func open(_ opened: LevelOpened, _ entry: Entry) {
    let visit = VisitID(step: opened.step, visit: opened.visit)
    if let before = levels[visit], before.outcome != "approved" {
      note(entry, "level '\(opened.name)' opened before '\(before.opened.name)' was approved")
    }
    let excluded = Set(opened.excluded.map(\.person))
    for seat in opened.pool where excluded.contains(seat.person) {
      note(entry, "\(seat.person) is asked at '\(opened.name)' and excluded from it")
    }
    levels[visit] = Level(opened: opened, pool: opened.pool)
  }

  // MARK: Seats

  private mutating func lend(_ id: VisitID, _ seat: PersonID, _ by: PersonID, _ to: PersonID?, _ entry: Entry) {
    guard let index = levels[id]?.pool.firstIndex(where: { $0.person == seat }), let level = levels[id] else {
      return note(entry, "\(by) lends a seat of \(seat), who is not asked")
    }
    let held = level.pool[index]
    if by != held.person, by != held.holder { note(entry, "\(by) lends the seat of \(seat) and does not hold it") }
    guard let to else {
      levels[id]?.pool[index].lentTo = []
      return
    }
    if level.opened.excluded.contains(where: { $0.person == to }) { note(entry, "\(to) is excluded and gets a seat") }
    if level.opened.rule.delegates == .none { note(entry, "level '\(level.opened.name)' allows no delegation") }
    levels[id]?.pool[index].lentTo.append(to)
  }

  private mutating func reach(_ escalated: Escalated) {
    let id = VisitID(step: escalated.step, visit: escalated.visit)
    guard escalated.action != .remind, var level = levels[id] else { return }
    let used = Set(level.decisions.map(\.seat))
    if escalated.action == .handOver { level.pool.removeAll { !used.contains($0.person) } }
    for person in escalated.people where !level.pool.contains(where: { $0.person == person }) {
      level.pool.append(Seat(person: person, because: ["escalation"]))
    }
    levels[id] = level
  }

  // MARK: Decisions

  private mutating func decide(_ decided: Decided, _ entry: Entry) {
    let id = VisitID(step: decided.step, visit: decided.visit)
    guard let level = levels[id], level.outcome == nil, level.opened.name == decided.level else {
      return note(entry, "\(decided.by) decides on level '\(decided.level)', which is not open")
    }
    for words in Self.faults(of: decided, at: level) { note(entry, words) }
    levels[id]?.decisions.append(
      Decision(
        verdict: decided.verdict, by: decided.by, actingFor: decided.actingFor, reason: decided.reason,
        assurance: decided.assurance, at: entry.at, level: decided.level))
  }

  private static func faults(of decided: Decided, at level: Level) -> [String] {
    let place = "'\(level.opened.name)' of \(decided.step).\(decided.visit)"
    let person = decided.seat
    guard let seat = level.pool.first(where: { $0.person == person }) else {
      return ["\(person) is not asked at \(place)"]
    }
    var faults: [String] = []
    // Cover for an absent person leaves the seat where it is; a seat that was lent is the last holder's alone.
    if decided.actingFor != nil, !seat.lentTo.isEmpty, seat.holder != decided.by {
      faults.append("\(decided.by) decides on the seat of \(person), which \(seat.holder) holds")
    }
    if decided.actingFor == nil, seat.holder != decided.by {
      faults.append("\(decided.by) decides on a seat that was lent to \(seat.holder)")
    }
    if let exclusion = level.opened.excluded.first(where: { [decided.by, person].contains($0.person) }) {
      faults.append("\(exclusion.person) may not decide at \(place): \(exclusion.because)")
    }
    if level.decisions.contains(where: { $0.by == decided.by }) {
      faults.append("\(decided.by) decides twice at \(place)")
    }
    if level.decisions.contains(where: { $0.seat == person }) {
      faults.append("the seat of \(person) is used twice at \(place)")
    }
    if let wanted = level.opened.rule.assurance, decided.assurance < wanted {
      faults.append("\(decided.by) decided with assurance '\(decided.assurance)'; '\(wanted)' is wanted at \(place)")
    }
    return faults
  }

  // MARK: Verdicts

  private mutating func close(_ id: VisitID, _ name: String, _ outcome: Outcome, _ entry: Entry) {
    guard let level = levels[id], level.outcome == nil, level.opened.name == name else {
      return note(entry, "level '\(name)' closes and is not open")
    }
    if level.opened.rule.verdict(of: level.decisions, pool: level.pool) != outcome {
      note(entry, "level '\(name)' closes as \(outcome), which its decisions do not give")
    }
    levels[id]?.outcome = outcome
  }

  private mutating func leave(_ left: Left, _ entry: Entry) {
    let id = VisitID(step: left.step, visit: left.visit)
    defer { levels[id] = nil }
    guard let level = levels[id], ["approved", "rejected", "returned"].contains(left.outcome) else { return }
    if level.outcome != left.outcome {
      note(entry, "\(left.step).\(left.visit) ends as \(left.outcome), which its levels do not give")
    }
  }
}
