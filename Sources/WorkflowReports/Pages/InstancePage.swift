package import CEL
package import WorkflowEngine

/// One line of a timeline, in words.
package struct TimelineLine: Sendable {
  package enum Tone: String, Sendable { case plain, good, bad, faint }
  package var number: Int
  package var at: Timestamp
  package var words: String
  package var tone: Tone

  package init(number: Int, at: Timestamp, words: String, tone: Tone = .plain) {
    self.number = number
    self.at = at
    self.words = words
    self.tone = tone
  }
}

/// Everything that the page of an instance tells.
package struct InstanceView: Sendable {
  package var of: Case
  package var entries: [Entry]
  package var timeline: [TimelineLine]
  /// Path of its file in the record.
  package var path: String
  package var mayOperate: Bool
  /// An operator, or the initiator of an instance on which nobody has acted.
  package var mayCancel: Bool
  package var problem: String?

  package init(
    _ of: Case, entries: [Entry], timeline: [TimelineLine], path: String, mayOperate: Bool, mayCancel: Bool,
    problem: String? = nil
  ) {
    self.of = of
    self.entries = entries
    self.timeline = timeline
    self.path = path
    self.mayOperate = mayOperate
    self.mayCancel = mayCancel
    self.problem = problem
  }
}

extension Page {
  /// One instance: where it stands, what it did, what it holds, and what an operator can do.
  package static func instance(_ view: InstanceView, _ reader: Reader) -> Page {
    let page = InstancePage(view: view, reader: reader)
    return Page(view.of.instance.id.description, in: .instances, isLive: true) {
      page.head
      if let problem = view.problem { Pieces.problem(problem) }
      page.incidents
      page.open
      page.graph
      element("div", .class("columns")) {
        element("div", .class("wide")) { page.timeline }
        element("div", .class("narrow")) {
          page.data
          page.operate
          page.record
        }
      }
    }
  }
}

struct InstancePage {
  let view: InstanceView
  let reader: Reader

  var instance: Instance { view.of.instance }

  var head: Markup {
    element("header", .class("head")) {
      element("div") {
        element("p", .class("kicker")) {
          element("a", .href("/workflows/\(Workflow.shortName(of: instance.workflow))?version=\(instance.version)")) {
            "\(instance.title), version \(instance.version)"
          }
        }
        element("h1") {
          instance.id.description
          " "
          Pieces.status(instance)
        }
        element("p", .class("lead")) { view.of.standing(reader) }
        element("p", .class("byline")) {
          "Started by \(reader.you(instance.initiator)) "
          reader.ago(instance.startedAt)
          if let due = reader.due(view.of.due) {
            " · "
            due
          }
        }
        kin
      }
    }
  }

  /// The instance that called this one, and those that it waits for.
  private var kin: Markup? {
    guard instance.caller != nil || !instance.children.isEmpty else { return nil }
    return element("p", .class("byline")) {
      if let caller = instance.caller {
        "Called by "
        link(caller.instance)
        " "
      }
      if !instance.children.isEmpty { "Waits for " }
      for child in instance.children {
        link(child)
        " "
      }
    }
  }

  private func link(_ instance: InstanceID) -> Markup {
    element("a", .href("/instances/\(instance)")) { instance.description }
  }

  /// What waits for the reader here.
  var open: Markup? {
    let mine = instance.visits.filter { visit in
      reader.person.map { person in
        visit.asked.contains(person) || visit.movers.contains(person) || reader.covers(person, in: visit)
      } ?? false
    }
    guard !mine.isEmpty else { return nil }
    return Pieces.section("yours", "Waits for you") { WorkCard.list(mine.map { WorkItem(view.of, $0) }, reader) }
  }

  var graph: Markup? {
    guard let workflow = view.of.workflow else { return nil }
    return element(
      "figure", .class("picture"), Attribute("tabindex", "0"),
      Attribute("aria-label", "Where \(instance.id) is and was")
    ) {
      Graph(workflow).marked(by: instance, view.entries).svg()
    }
  }

  var timeline: Markup {
    Pieces.section("timeline", "What happened", note: "\(instance.events) events") {
      element("ol", .class("timeline")) {
        for (index, line) in view.timeline.enumerated() {
          if index == 0 || reader.day(view.timeline[index - 1].at) != reader.day(line.at) {
            element("li", .class("day")) { reader.day(line.at) }
          }
          element("li", .class("is-\(line.tone.rawValue)"), .id("event-\(line.number)")) {
            element("time", Attribute("datetime", line.at.description)) { reader.clock(line.at) }
            " "
            element("span") { line.words }
          }
        }
      }
      if view.timeline.count < instance.events {
        element("p") {
          element("a", .href("/instances/\(instance.id)?events=all#timeline")) { "Every event" }
        }
      }
      comment
    }
  }

  private var comment: Markup {
    form("comments", .class("aside")) {
      element("div", .class("field")) {
        element("label", Attribute("for", "comment")) { "Add a comment" }
        element(
          "textarea", .id("comment"), Attribute("name", "text"), Attribute("rows", "2"),
          Attribute("required", when: true))
      }
      element("button", .class("button"), Attribute("type", "submit")) { "Comment" }
    }
  }

  func form(_ verb: String, _ kind: Attribute, @MarkupBuilder content: () -> Markup) -> Markup {
    element(
      "form", kind, Attribute("method", "post"), Attribute("action", "/instances/\(instance.id)/\(verb)"),
      content: content)
  }

  var data: Markup {
    Pieces.section("data", "Data") {
      if !instance.input.isEmpty {
        element("h3") { "Input" }
        Facts.map(instance.input, view.of.labels, reader)
      }
      if !instance.vars.isEmpty {
        element("h3") { "Variables" }
        Facts.map(instance.vars, view.of.labels, reader)
      }
      if let output = instance.output, !output.isEmpty {
        element("h3") { "Output" }
        Facts.map(output, [:], reader)
      }
      if instance.input.isEmpty && instance.vars.isEmpty { Pieces.quiet("It holds no data.") }
    }
  }

  var record: Markup {
    Pieces.section("record", "In the record") {
      element("p") {
        element("a", .href("/instances/\(instance.id)/approvals")) { "Approval record" }
        ", to print and to keep."
      }
      element("p") { "The whole story is one file in git:" }
      element("pre", Attribute("tabindex", "0")) { "git -C state log --patch -- \(view.path)" }
    }
  }
}
