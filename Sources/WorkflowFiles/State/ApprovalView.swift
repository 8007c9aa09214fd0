import CEL
package import WorkflowEngine

/// `<id>.<step>.<visit>.yaml`: one visit of an approval, told to people from its events alone.
package enum ApprovalView {
  /// - Parameter entries: the instance's events; those of other visits are passed over.
  package static func render(step: StepID, visit: Int, of instance: Instance, from entries: [Entry]) -> [UInt8] {
    let own = entries.filter { $0.event.approvalVisits.contains(VisitID(step: step, visit: visit)) }
    let begun = Begun(by: own.first?.number ?? .max, in: entries, of: instance)
    var page = ProseWriter()
    page.line("format: \(RecordFormat.newest)")
    page.field("approval", "\(instance.id).\(step).\(visit)")
    page.field("title", begun.title)
    page.field("workflow", "\(instance.workflow) version \(begun.version)")
    page.field("requested by", instance.initiator)
    page.field("outcome", outcome(of: own))
    let levels = levels(of: own)
    if !levels.isEmpty {
      page.block("levels") { page in
        for level in levels { page.block(level.name) { render(level, of: instance, to: &$0) } }
      }
    }
    page.list("what happened", own.map { "\($0.at.rfc3339Milliseconds) \(sentence(for: $0.event, in: instance))" })
    return Array(page.text.utf8)
  }

  /// What the visit began under: a later version changes nothing about it.
  private struct Begun {
    var title: String
    var version: Int

    init(by number: Int, in entries: [Entry], of instance: Instance) {
      (title, version) = (instance.title, instance.version)
      for entry in entries.prefix(while: { $0.number <= number }) {
        switch entry.event {
        case .started(let started): (title, version) = (started.title, started.version)
        case .migrated(let migrated): (title, version) = (migrated.title, migrated.version)
        default: break
        }
      }
    }
  }

  private struct Level {
    var name: String
    var entries: [Entry]
  }

  /// The events by level; those that name no level belong to the one that is open.
  private static func levels(of entries: [Entry]) -> [Level] {
    var levels: [Level] = []
    for entry in entries {
      let name = entry.event.approvalLevel
      if let name, levels.last?.name != name { levels.append(Level(name: name, entries: [])) }
      if !levels.isEmpty { levels[levels.count - 1].entries.append(entry) }
    }
    return levels
  }

  private static func outcome(of entries: [Entry]) -> String {
    for entry in entries.reversed() {
      switch entry.event {
      case .left(let left): return left.outcome
      case .superseded: return "superseded"
      case .migrated(let migrated): return "moved on to version \(migrated.version)"
      default: break
      }
    }
    return "open"
  }

  private static func render(_ level: Level, of instance: Instance, to page: inout ProseWriter) {
    for entry in level.entries {
      switch entry.event {
      case .levelOpened(let opened): render(opened, at: entry.at, to: &page)
      case .levelSkipped: page.field("outcome", "not needed: its condition was false")
      case .levelClosed(_, _, _, let outcome):
        page.field("outcome", outcome)
        page.field("closed", entry.at)
      default: break
      }
    }
    let decisions = level.entries.compactMap { entry in
      if case .decided(let decided) = entry.event { describe(decided, at: entry) } else { nil as String? }
    }
    page.list("decisions", decisions)
  }

  private static func render(_ opened: LevelOpened, at: Timestamp, to page: inout ProseWriter) {
    page.field("opened", at)
    page.field("due", ifPresent: opened.due)
    page.list("asked", opened.pool.map(\.sentence))
    page.list("excluded", opened.excluded.map { "\($0.person), because \($0.because)" })
    page.list("rule", opened.rule.sentences)
    if !opened.shown.isEmpty {
      page.block("shown") { page in
        for fact in opened.shown { page.field(fact.label, fact.value) }
      }
    }
    page.field("digest of what was shown", opened.digest)
  }

  private static func describe(_ decided: Decided, at entry: Entry) -> String {
    let place = decided.actingFor.map { " in the place of \($0)" } ?? ""
    let reason = decided.reason.map { ": \($0)" } ?? ""
    let evidence = decided.evidence == nil ? "" : "; evidence e\(entry.number)"
    return "\(decided.by) \(decided.verdict.past)\(place) at \(entry.at.rfc3339Milliseconds), "
      + "\(decided.assurance.words)\(evidence)\(reason)"
  }
}

extension Event {
  /// The visits of approvals that the event may belong to.
  package var approvalVisits: [VisitID] {
    if case .migrated(let migrated) = self { return migrated.reopened + migrated.cancelled }
    return approvalVisit.map { [$0] } ?? []
  }

  private var approvalVisit: VisitID? {
    switch self {
    case .levelOpened(let opened): VisitID(step: opened.step, visit: opened.visit)
    case .levelSkipped(let step, let visit, _), .levelClosed(let step, let visit, _, _),
      .delegated(let step, let visit, _, _, _), .superseded(let step, let visit), .unseated(let step, let visit, _),
      .entered(let step, let visit, _),
      .retried(let step, let visit, _, _), .reopened(let step, let visit, _, _):
      VisitID(step: step, visit: visit)
    case .questionAsked(let asked): VisitID(step: asked.step, visit: asked.visit)
    case .questionAnswered(let answered): VisitID(step: answered.step, visit: answered.visit)
    case .decided(let decided): VisitID(step: decided.step, visit: decided.visit)
    case .escalated(let escalated): VisitID(step: escalated.step, visit: escalated.visit)
    case .incident(let opened): VisitID(step: opened.step, visit: opened.visit)
    case .left(let left): VisitID(step: left.step, visit: left.visit)
    default: nil
    }
  }

  fileprivate var approvalLevel: String? {
    switch self {
    case .levelOpened(let opened): opened.name
    case .levelSkipped(_, _, let level), .levelClosed(_, _, let level, _): level
    case .decided(let decided): decided.level
    default: nil
    }
  }
}

extension Seat {
  /// `bob, because role:finance; lent to carol`
  var sentence: String {
    let why = because.isEmpty ? "" : ", because \(because.joined(separator: " and "))"
    return person + why + (lentTo.isEmpty ? "" : "; lent to \(lentTo.joined(separator: ", then "))")
  }
}

extension ApprovalRule {
  /// What it takes, in words.
  var sentences: [String] {
    let needs =
      switch needed {
      case .count(1): "one approval is enough"
      case .count(let count): "\(count) approvals are needed"
      case .all: "everybody asked must approve"
      case .eachGroup(let groups): "one approval is needed for each of \(groups.joined(separator: ", "))"
      }
    let rejects = rejectWhen == .any ? "one rejection rejects" : "rejected when approval has become impossible"
    return [needs, rejects] + (assurance.map { ["a decision must be \($0.words) or better"] } ?? [])
  }
}

extension Assurance {
  /// How a decision is known to be the person's own.
  package var words: String {
    switch self {
    case .unverified: "not proved"
    case .session: "attested by the server"
    case .forge: "signed by the forge"
    case .key: "signed with the person's own key"
    }
  }
}
