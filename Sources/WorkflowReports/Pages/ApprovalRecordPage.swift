import CEL
package import WorkflowEngine

extension Page {
  /// Every decision of one instance with what it stood on: made to be printed, kept and shown to whoever audits.
  package static func approvalRecord(_ of: Case, _ decisions: [AuditedDecision], _ reader: Reader) -> Page {
    // On paper nobody is "you", and no year is this one.
    var onPaper = reader
    (onPaper.person, onPaper.isOnPaper) = (nil, true)
    let page = ApprovalRecordPage(of: of, decisions: decisions, reader: onPaper)
    return Page("Approval record of \(of.instance.id)", in: .instances) {
      element("article", .class("paper")) {
        page.head
        page.facts
        for decision in decisions { page.entry(decision) }
        if decisions.isEmpty { Pieces.quiet("Nobody has decided anything here yet.") }
        page.proof
      }
    }
  }
}

struct ApprovalRecordPage {
  let of: Case
  let decisions: [AuditedDecision]
  let reader: Reader

  private var instance: Instance { of.instance }

  var head: Markup {
    element("header") {
      element("p", .class("kicker")) { reader.site }
      element("h1") { "Approval record" }
      element("p", .class("lead")) {
        "\(instance.title), "
        Pieces.link(instance.id)
        " "
        Pieces.status(instance)
      }
    }
  }

  var facts: Markup {
    Facts.list([
      ("Started by", Markup(person(instance.initiator))), ("Started", reader.at(instance.startedAt)),
      ("Ended", instance.endedAt.map(reader.at) ?? Markup("not yet")),
      ("Workflow", Markup("\(instance.workflow), version \(instance.version)")),
      ("Decisions", Markup("\(decisions.count)")),
    ])
  }

  func entry(_ decision: AuditedDecision) -> Markup {
    let decided = decision.decided
    return element("section", .class("decision"), .id("event-\(decision.event)")) {
      element("h2") {
        of.label(of: decided.step)
        if decided.level != decided.step { element("span", .class("note")) { " \(decided.level.asWords)" } }
      }
      element("p", .class("verdict is-\(decided.verdict.rawValue)")) {
        element("strong") { "\(person(decided.by)) \(Self.verb(decided.verdict))" }
        if let other = decided.actingFor { " for \(person(other))" }
        ", "
        reader.at(decision.at)
      }
      if let reason = decided.reason { element("p") { element("q") { reason } } }
      Facts.list(decision.shown, of.labels, reader)
      Facts.list(decision.questions.map { ("\(person($0.by)) asked \(person($0.to))", told($0)) })
      Facts.list(basis(of: decision))
    }
  }

  private func told(_ question: Question) -> Markup {
    element("span") {
      element("q") { question.text }
      if let answer = question.answer {
        " \(person(answer.by)) answered: "
        element("q") { answer.text }
      } else {
        " Not answered before the decision."
      }
    }
  }

  private static func verb(_ verdict: Decision.Verdict) -> String {
    switch verdict {
    case .approve: "approved"
    case .reject: "rejected"
    case .sendBack: "sent it back"
    }
  }

  private func basis(of decision: AuditedDecision) -> [(label: String, value: Markup)] {
    let decided = decision.decided
    var basis: [(label: String, value: Markup)] = [
      ("Asked", Markup(decision.pool.map { person($0.person) }.listed())),
      ("Seat given by", Markup(decision.because.joined(separator: ", "))), ("Needed", Markup(decision.rule.words)),
      ("Level", Markup(decision.level.map(\.asWords) ?? "open")), ("Proof", Markup(decided.assurance.words)),
    ]
    if !decision.excluded.isEmpty {
      let excluded = decision.excluded.map { "\(person($0.person)): \($0.because)" }
      basis.append(("Excluded", Markup(excluded.joined(separator: "; "))))
    }
    if let key = decided.key { basis.append(("Key", code(key))) }
    if let evidence = decided.evidence { basis.append(("Evidence, SHA-256", code(evidence))) }
    basis.append(("What was shown, SHA-256", code(decision.digest)))
    basis.append(("Definition, SHA-256", code(decision.definition)))
    return basis
  }

  var proof: Markup {
    element("footer", .class("proof")) {
      element("p") {
        "Taken from the record as of \(reader.moment(reader.now)) (\(reader.zoneName)). To prove it, offline:"
      }
      element("pre", Attribute("tabindex", "0")) { "writ verify\nwrit show \(instance.id.number) --evidence" }
    }
  }

  private func code(_ text: String) -> Markup { element("code") { text } }

  /// Name and handle: two people may share a name.
  private func person(_ id: PersonID) -> String {
    let name = reader.name(of: id)
    return name == id ? id : "\(name) (\(id))"
  }
}

extension ApprovalRule {
  fileprivate var words: String {
    switch needed {
    case .count(1): "one approval"
    case .count(let number): "\(number) approvals"
    case .all: "everybody asked"
    case .eachGroup(let groups): "one of each: \(groups.joined(separator: ", "))"
    }
  }
}

extension Assurance {
  /// What the record can say of who it was; it never calls one the other.
  package var words: String {
    switch self {
    case .key: "signed with the person's own key"
    case .forge: "signed by the forge for whoever was logged in"
    case .session: "attested by the server for whoever was signed in"
    case .unverified: "an address that nothing proves"
    }
  }
}
