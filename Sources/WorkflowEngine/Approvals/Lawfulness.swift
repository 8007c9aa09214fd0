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
    /// It waits for an operator; what reaches open work passes it by.
    var isBlocked = false
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
    case .unseated(let step, let visit, let people): unseat(VisitID(step: step, visit: visit), people, entry)
    case .escalated(let escalated):
      reach(VisitID(step: escalated.step, visit: escalated.visit), escalated.action, escalated.people)
    case .overdue(_, let action, let people): reachAll(action, people)
    case .incident(let opened): levels[VisitID(step: opened.step, visit: opened.visit)]?.isBlocked = true
    case .decided(let decided): decide(decided, entry)
    case .levelClosed(let step, let visit, let name, let outcome):
      close(VisitID(step: step, visit: visit), name, outcome, entry)
    case .left(let left): leave(left, entry)
    case .superseded(let step, let visit), .retried(let step, let visit, _, _),
      .reopened(let step, let visit, _, _):
      levels[VisitID(step: step, visit: visit)] = nil
    case .migrated(let migrated): for visit in migrated.reopened + migrated.cancelled { levels[visit] = nil }
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

  /// Who lost the seat counts no more; nor does what was decided on it, for a decision that stands keeps its seat.
  private mutating func unseat(_ id: VisitID, _ people: [PersonID], _ entry: Entry) {
    guard var level = levels[id], level.outcome == nil else {
      return note(entry, "\(id.step).\(id.visit) has no open level, so nobody can lose a seat")
    }
    for person in people where !level.pool.contains(where: { $0.person == person }) {
      note(entry, "\(person) loses a seat and is not asked")
    }
    level.pool.removeAll { people.contains($0.person) }
    level.decisions.removeAll { people.contains($0.seat) }
    levels[id] = level
  }

  private mutating func reach(_ id: VisitID, _ action: Escalated.Action, _ people: [PersonID]) {
    guard action != .remind, var level = levels[id] else { return }
    let used = Set(level.decisions.map(\.seat))
    if action == .handOver { level.pool.removeAll { !used.contains($0.person) } }
    for person in people where !level.pool.contains(where: { $0.person == person }) {
      level.pool.append(Seat(person: person, because: ["escalation"]))
    }
    levels[id] = level
  }

  /// The instance takes long: every open level is reached, and nobody is asked whom it excludes.
  private mutating func reachAll(_ action: Escalated.Action, _ people: [PersonID]) {
    for (id, level) in levels where level.outcome == nil && !level.isBlocked {
      let asked = people.filter { person in !level.opened.excluded.contains { $0.person == person } }
      if !asked.isEmpty { reach(id, action, asked) }
    }
  }

  // MARK: Decisions

  private mutating func decide(_ decided: Decided, _ entry: Entry) {
    let id = VisitID(step: decided.step, visit: decided.visit)
    guard var level = levels[id], level.outcome == nil, level.opened.name == decided.level else {
      return note(entry, "\(decided.by) decides on level '\(decided.level)', which is not open")
    }
    // Whose key was revoked decides anew with another; what the old key signed stands no more.
    level.decisions.removeAll { $0.by == decided.by && $0.key != nil && $0.key != decided.key }
    for words in Self.faults(of: decided, at: level) { note(entry, words) }
    level.decisions.append(
      Decision(
        verdict: decided.verdict, by: decided.by, actingFor: decided.actingFor, reason: decided.reason,
        assurance: decided.assurance, at: entry.at, level: decided.level, key: decided.key))
    levels[id] = level
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
