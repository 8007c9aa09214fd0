import CEL
package import WorkflowEngine

extension Page {
  /// One decision: the facts, what each answer leads to, what others said, and the answers.
  ///
  /// - Parameter problem: why a decision that was just sent did not count.
  package static func approval(_ item: WorkItem, _ open: OpenApproval, problem: FormFill?, _ reader: Reader) -> Page {
    let page = ApprovalPage(item: item, open: open, reader: reader, problem: problem)
    return Page(item.label, in: .inbox) { page.body }
  }
}

struct ApprovalPage {
  let item: WorkItem
  let open: OpenApproval
  let reader: Reader
  let problem: FormFill?

  /// The reader's own, one lent to them, or that of somebody absent whom they cover.
  private var seat: Seat? {
    let own = open.pool.first { seat in
      seat.holder == reader.person && !open.decisions.contains { $0.seat == seat.person }
    }
    guard own == nil, let person = reader.person, reader.covers(person, in: item.visit) else { return own }
    return reader.policy.coveredSeat(of: person, in: open, at: reader.now)
  }

  var body: Markup {
    element("article", .class("sheet")) {
      item.head("Decision", reader)
      if let problem { Pieces.problem(problem.problem ?? "Your decision was not taken") }
      Facts.list(open.shown, item.of.labels, reader)
      people
      questions
      if seat != nil { decide } else if mine.isEmpty { closed }
      if seat != nil { ask }
      consequences
      MoveForms(item: item, fill: problem, reader: reader).sections
    }
  }

  private var people: Markup {
    let decisions = open.earlier + open.decisions
    return Pieces.section("people", "Who decides") {
      element("p") {
        "\(rule) Asked: \(reader.names(of: open.pool.map(\.holder), most: 6))."
      }
      if !decisions.isEmpty {
        element("ol", .class("decisions")) { for decision in decisions { element("li") { words(decision) } } }
      }
      if !open.excluded.isEmpty {
        element("p", .class("quiet")) {
          "May not decide: " + open.excluded.map { "\(reader.you($0.person)) (\($0.because))" }.listed() + "."
        }
      }
    }
  }

  private var rule: String {
    switch open.rule.needed {
    case .count(1): "One approval is enough."
    case .count(let number): "\(number) approvals are needed, \(approvals) given."
    case .all: "Everybody asked must approve, \(approvals) of \(open.pool.count) have."
    case .eachGroup(let groups): "One approval is needed from each of \(groups.count) groups, \(approvals) given."
    }
  }

  private var approvals: Int { open.decisions.count { $0.verdict == .approve } }

  @MarkupBuilder private func words(_ decision: Decision) -> Markup {
    let verb =
      switch decision.verdict {
      case .approve: "approved"
      case .reject: "rejected"
      case .sendBack: "sent it back"
      }
    element("strong") { "\(reader.you(decision.by).capitalized) \(verb)" }
    if let other = decision.actingFor { " for \(reader.name(of: other))" }
    " "
    reader.ago(decision.at)
    if let reason = decision.reason { element("q") { reason } }
  }

  private var closed: Markup {
    element("p", .class("callout")) {
      open.decisions.contains { $0.by == reader.person }
        ? "You have decided; it now waits for others." : "This decision is not yours to make."
    }
  }

  // MARK: Answers

  private var canReturn: Bool { item.step?.then["returned"] != nil }

  private var decide: Markup {
    element(
      "form", .class("decide"), .id("decide"), Attribute("method", "post"), Attribute("action", "/inbox/\(item.id)")
    ) {
      element("h2") { "Your decision" }
      if let seat, seat.person != reader.person {
        element("p", .class("quiet")) {
          "You decide for \(reader.name(of: seat.person)), who \(seat.lentTo.isEmpty ? "is absent" : "lent you the seat")."
        }
      }
      element("input", Attribute("type", "hidden"), Attribute("name", "digest"), Attribute("value", open.digest))
      element("input", Attribute("type", "hidden"), Attribute("name", "nonce"), Attribute("value", open.nonce))
      element("div", .class("field")) {
        element("label", Attribute("for", "reason")) {
          "Reason"
          element("span", .class("note")) { " needed to reject or send back; others read it" }
        }
        element("textarea", .id("reason"), Attribute("name", "reason"), Attribute("rows", "3")) {
          "\n" + (problem?.texts["reason"] ?? "")
        }
      }
      element("div", .class("buttons")) {
        button("approve", "Approve", "is-good")
        button("reject", "Reject", "is-bad")
        if canReturn { button("return", "Send back", "") }
      }
      if open.rule.delegates != .none { delegate }
    }
  }

  private func button(_ decision: String, _ label: String, _ tone: String) -> Markup {
    element(
      "button", .class("button", tone), Attribute("type", "submit"), Attribute("name", "decision"),
      Attribute("value", decision)
    ) { label }
  }

  private var delegate: Markup {
    let choices = delegates
    return element("details", .class("more")) {
      element("summary") { "Ask somebody else to decide for you" }
      if choices.isEmpty {
        Pieces.quiet("Nobody may stand in for you here: you have no deputies who are free to decide.")
      } else {
        element("div", .class("field")) {
          element("label", Attribute("for", "to")) { "Lend your seat to" }
          element("select", .id("to"), Attribute("name", "to")) {
            for person in choices { element("option", Attribute("value", person.id)) { person.name } }
          }
        }
        button("delegate", "Lend the seat", "")
      }
    }
  }

  private var delegates: [Person] {
    guard let seat else { return [] }
    let excluded = Set(open.excluded.map(\.person)).union(seat.lentTo).union([seat.person, seat.holder])
    let deputies = Set(reader.people.people[seat.person]?.deputies ?? []).union(open.pool.map(\.person))
    return reader.people.people.values
      .filter {
        !$0.isRevoked && !excluded.contains($0.id) && (open.rule.delegates == .anyone || deputies.contains($0.id))
      }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  // MARK: What follows

  private var consequences: Markup? {
    guard let workflow = item.of.workflow, let step = item.step else { return nil }
    var answers: [(String, String)] = [("If you approve", approved(step, workflow))]
    for (outcome, words) in [("rejected", "If you reject"), ("returned", "If you send it back")] {
      if let next = step.then[outcome] { answers.append((words, Self.sentence(next, workflow))) }
    }
    return Pieces.section("after", "What happens next") {
      Facts.list(answers.map { ($0.0, Markup($0.1)) })
    }
  }

  private func approved(_ step: Step, _ workflow: Workflow) -> String {
    let more: Int =
      switch open.rule.needed {
      case .count(let number): number - approvals - 1
      case .all: open.pool.count - approvals - 1
      case .eachGroup(let groups): groups.count - approvals - 1
      }
    if more > 0 { return "\(more) more \(more == 1 ? "approval is" : "approvals are") still needed at this level." }
    if case .approval(let approval) = step.kind, open.level + 1 < approval.levels.count {
      let next = approval.levels[open.level + 1]
      return "Then the level ‘\(next.name.asWords)’ needs \(next.needs)."
    }
    return step.then["approved"].map { Self.sentence($0, workflow) } ?? "The step is done."
  }

  /// The way on, through what happens by itself, until something waits or several ways are possible.
  static func sentence(_ start: StepID, _ workflow: Workflow) -> String {
    var clauses: [String] = []
    var seen: Set<StepID> = []
    var next: StepID? = start
    while let id = next, seen.insert(id).inserted, let step = workflow.step(id), clauses.count < 4 {
      clauses.append("‘\(step.label)’ \(step.deed(in: workflow))")
      switch step.kind {
      case .service, .notification: next = step.then.count == 1 ? step.then.first?.value : nil
      default: next = nil
      }
    }
    return clauses.isEmpty ? "" : clauses.joined(separator: "; then ") + "."
  }
}
