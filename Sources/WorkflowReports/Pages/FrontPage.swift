import CEL
package import WorkflowEngine

/// What the front page tells: what waits, what is stuck, what is due, what was deployed, what ended.
package struct Overview: Sendable {
  package var yours: [WorkItem] = []
  package var stuck: [Case] = []
  package var dueSoon: [Case] = []
  package var running: [Case] = []
  /// How many run in all; `running` has the latest.
  package var runningCount = 0
  package var ended: [Case] = []
  package var deployments: [DeploymentRow] = []
  package var workflows: [WorkflowRow] = []
  /// Messages that came before anybody waited for them.
  package var earlyMessages = 0
  /// What an operator has to see to, and how.
  package var alarms: [(words: String, remedy: String)] = []

  package init() {}
}

/// A workflow that is live, as a line of a list.
package struct WorkflowRow: Sendable {
  package var workflow: Workflow
  package var version: Int
  package var mayStart: Bool
  /// Instances that the reader may see and that have not ended.
  package var running: Int

  package init(_ workflow: Workflow, version: Int, mayStart: Bool, running: Int) {
    self.workflow = workflow
    self.version = version
    self.mayStart = mayStart
    self.running = running
  }
}

extension Page {
  package static func front(_ overview: Overview, _ reader: Reader) -> Page {
    let front = FrontPage(overview: overview, reader: reader)
    return Page("Overview", in: .home, isLive: true) {
      element("h1", .class("unseen")) { "Overview" }
      front.alarms
      front.warning
      element("div", .class("columns")) {
        element("div", .class("wide")) {
          front.yours
          front.stuck
          front.running
          front.earlyMessages
        }
        element("div", .class("narrow")) {
          front.workflows
          front.dueSoon
          front.deployments
          front.ended
        }
      }
    }
  }
}

struct FrontPage {
  let overview: Overview
  let reader: Reader

  var alarms: Markup? {
    guard !overview.alarms.isEmpty else { return nil }
    return element("div", .class("callout is-bad"), Attribute("role", "alert")) {
      for alarm in overview.alarms {
        element("p") { element("strong") { alarm.words } }
        element("p") { alarm.remedy }
      }
    }
  }

  var earlyMessages: Markup? {
    guard overview.earlyMessages > 0 else { return nil }
    return element("p") {
      element("a", .href("/messages")) {
        overview.earlyMessages == 1 ? "A message" : "\(overview.earlyMessages) messages"
      }
      overview.earlyMessages == 1 ? " came early and is kept." : " came early and are kept."
    }
  }

  /// The latest commit was refused: what is live is older than what people see in the files.
  var warning: Markup? {
    guard let latest = overview.deployments.first, !latest.isDeployed else { return nil }
    return element("div", .class("callout is-bad"), Attribute("role", "status")) {
      element("p") {
        element("strong") { "The latest commit was not deployed." }
        " \(latest.subject) ("
        element("code") { latest.commit.prefix(8) }
        ") has "
        latest.findings.count == 1 ? "a finding" : "\(latest.findings.count) findings"
        latest.takesAuthority
          ? "; who loses authority by it has lost it, everything else stays as it was. "
          : "; what was live before stays live. "
        element("a", .href("/deployments#\(latest.commit)")) { "What is wrong" }
      }
    }
  }

  var yours: Markup {
    let most = 6
    return Pieces.section("yours", "Waits for you", note: overview.yours.isEmpty ? nil : "\(overview.yours.count)") {
      if overview.yours.isEmpty { Pieces.quiet("Nothing waits for you.") }
      WorkCard.list(Array(overview.yours.prefix(most)), reader)
      if overview.yours.count > most {
        element("p") { element("a", .href("/inbox")) { "All \(overview.yours.count) in the inbox" } }
      }
    }
  }

  var stuck: Markup? {
    guard !overview.stuck.isEmpty else { return nil }
    return Pieces.section("stuck", "Stuck", note: "waits for an operator") {
      element("ul", .class("rows")) {
        for item in overview.stuck {
          element("li") {
            CaseRow.line(item, reader)
            for visit in item.instance.visits {
              if let incident = visit.incident {
                element("p", .class("error")) { "\(item.label(of: visit.step)): \(incident.message)".sentence }
              }
            }
          }
        }
      }
    }
  }

  var running: Markup {
    let rest = overview.runningCount - overview.running.count
    return Pieces.section("running", "Running", note: overview.runningCount == 0 ? nil : "\(overview.runningCount)") {
      if overview.running.isEmpty { Pieces.quiet("Nothing runs that you may see.") }
      CaseRow.list(overview.running, reader)
      if rest > 0 { element("p") { element("a", .href("/instances?status=open")) { "All \(overview.runningCount)" } } }
    }
  }

  var dueSoon: Markup? {
    guard !overview.dueSoon.isEmpty else { return nil }
    return Pieces.section("due", "Due soon") {
      element("ul", .class("rows")) {
        for item in overview.dueSoon {
          element("li") {
            element("p") {
              Pieces.link(item.instance.id)
              " "
              reader.due(item.due)
            }
            element("p", .class("quiet")) { item.standing(reader) }
          }
        }
      }
    }
  }

  var ended: Markup? {
    guard !overview.ended.isEmpty else { return nil }
    return Pieces.section("ended", "Recently ended") {
      element("ul", .class("rows")) {
        for item in overview.ended {
          element("li") {
            element("p") {
              Pieces.link(item.instance.id)
              " "
              Pieces.status(item.instance)
              if let ended = item.instance.endedAt {
                " "
                element("span", .class("quiet")) { reader.ago(ended) }
              }
            }
          }
        }
      }
    }
  }

  var deployments: Markup {
    Pieces.section("deployments", "Deployments") {
      if overview.deployments.isEmpty { Pieces.quiet("Nothing is deployed yet: commit a workflow to begin.") }
      element("ul", .class("rows")) {
        for deployment in overview.deployments {
          element("li") { deployment.line(reader) }
        }
      }
      if !overview.deployments.isEmpty { element("p") { element("a", .href("/deployments")) { "All deployments" } } }
    }
  }

  var workflows: Markup {
    Pieces.section("workflows", "Workflows") {
      if overview.workflows.isEmpty { Pieces.quiet("No workflow is deployed.") }
      element("ul", .class("rows")) {
        for row in overview.workflows {
          element("li", .class("split")) {
            element("div") {
              element("p") { element("a", .href("/workflows/\(row.workflow.shortName)")) { row.workflow.title } }
              element("p", .class("quiet")) {
                "version \(row.version)" + (row.running > 0 ? " · \(row.running) running" : "")
              }
            }
            if row.mayStart {
              element(
                "a", .class("button is-small"), .href("/workflows/\(row.workflow.shortName)/start"),
                Attribute("aria-label", "Start \(row.workflow.title)")
              ) { "Start" }
            }
          }
        }
      }
    }
  }
}

/// An instance as a line of a list.
enum CaseRow {
  static func list(_ cases: [Case], _ reader: Reader) -> Markup {
    element("ul", .class("rows")) {
      for item in cases { element("li") { line(item, reader) } }
    }
  }

  static func line(_ item: Case, _ reader: Reader) -> Markup {
    element("div", .class("case")) {
      element("p") {
        Pieces.link(item.instance.id)
        " "
        Pieces.status(item.instance)
        " "
        reader.due(item.due)
      }
      element("p", .class("quiet")) {
        item.standing(reader)
        " Started by \(reader.you(item.instance.initiator)) "
        reader.ago(item.instance.startedAt)
        "."
      }
    }
  }
}
