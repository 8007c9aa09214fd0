package import WorkflowEngine

extension Page {
  /// What a workflow is: its graph, its steps in words, who may do what.
  ///
  /// - Parameters:
  ///   - versions: every version that is loaded, newest first.
  ///   - current: the one that new instances start on; `nil`: retired.
  package static func workflow(
    _ shown: DeployedWorkflow, versions: [Int], current: Int?, mayStart: Bool, running: [Case], _ reader: Reader
  ) -> Page {
    let page = WorkflowPage(shown: shown, versions: versions, current: current, mayStart: mayStart, reader: reader)
    return Page(shown.workflow.title) {
      page.head
      page.graph
      page.outline
      if !running.isEmpty {
        Pieces.section("running", "Running", note: "\(running.count)") { CaseRow.list(running, reader) }
      }
      page.about
    }
  }
}

struct WorkflowPage {
  let shown: DeployedWorkflow
  let versions: [Int]
  let current: Int?
  let mayStart: Bool
  let reader: Reader

  private var workflow: Workflow { shown.workflow }

  var head: Markup {
    element("header", .class("head")) {
      element("div") {
        element("p", .class("kicker")) {
          element("span", .class("kind")) { "Workflow" }
          " \(workflow.name)"
        }
        element("h1") { workflow.title }
        if let summary = workflow.summary { element("p", .class("lead")) { summary } }
        element("p", .class("byline")) {
          "Version \(shown.version)"
          if current == nil { " · retired: no new starts" }
          if let current, current != shown.version {
            " · "
            element("a", .href("/workflows/\(workflow.shortName)")) { "version \(current) is live" }
          }
          if let owner = workflow.owner { " · owned by \(owner.words)" }
          if let due = workflow.due { " · promised within \(due)" }
        }
      }
      if mayStart, current == shown.version {
        element("a", .class("button is-main"), .href("/workflows/\(workflow.shortName)/start")) { "Start" }
      }
    }
  }

  var graph: Markup {
    element(
      "figure", .class("picture"), Attribute("tabindex", "0"), Attribute("aria-label", "Graph of \(workflow.title)")
    ) {
      Graph(workflow).svg(
        GraphDrawing(idPrefix: "graph-") { [workflow] in workflow.step($0.id) == nil ? nil : "#step-\($0.id)" })
    }
  }

  var outline: Markup {
    Pieces.section("steps", "Steps") {
      element("ol", .class("outline")) {
        for step in workflow.steps {
          element("li", .id("step-\(step.id)")) {
            element("h3") {
              step.label
              element("span", .class("note")) {
                " \(step.kindWords)\(step.id == workflow.start ? " · starts here" : "")"
              }
            }
            if let summary = step.summary { element("p") { summary } }
            element("p") { "\(step.deed(in: workflow).capitalized.sentence)\(promise(step))" }
            exits(step)
          }
        }
      }
    }
  }

  private func promise(_ step: Step) -> String {
    let due = step.due.map { " Due within \($0)." } ?? ""
    return due + (step.expires.map { " Expires after \($0)." } ?? "")
  }

  private func exits(_ step: Step) -> Markup? {
    let exits = step.exits
    guard !exits.isEmpty else { return nil }
    return element("ul", .class("exits")) {
      for exit in exits {
        element("li") {
          element("span", .class("quiet")) { exits.count == 1 && exit.label == "done" ? "then" : exit.label }
          " → "
          element("a", .href("#step-\(exit.to)")) { workflow.step(exit.to)?.label ?? exit.to }
        }
      }
    }
  }

  var about: Markup {
    Pieces.section("about", "Who may do what") {
      Facts.list([
        ("Start", Markup(workflow.access.start.words.capitalized)),
        ("See its instances", Markup((["whoever started it", "everybody asked"] + viewers).listed().capitalized)),
        ("Operate", Markup((workflow.access.operate ?? [.owner]).words.capitalized)),
        ("Versions", versionLinks),
        ("Definition", element("code") { "workflows/\(workflow.name).yaml" }),
      ])
    }
  }

  private var viewers: [String] { (workflow.access.view ?? []).filter { $0 != .initiator }.map(\.words) }

  @MarkupBuilder private var versionLinks: Markup {
    for (index, version) in versions.enumerated() {
      if index > 0 { ", " }
      if version == shown.version {
        "\(version) (this one)"
      } else {
        element("a", .href("/workflows/\(workflow.shortName)?version=\(version)")) { version }
      }
    }
  }
}
