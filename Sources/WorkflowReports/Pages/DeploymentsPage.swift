package import CEL
package import WorkflowEngine

/// What became of a commit on the deploy branch.
package struct DeploymentRow: Sendable {
  package var commit: String
  package var at: Timestamp
  package var by: String
  package var subject: String
  package var isDeployed: Bool
  /// Refused, but its people are in force: they have less authority.
  package var takesAuthority = false
  package var versions: [(name: String, version: Int)]
  package var retired: [String]
  /// One line each, as `writ check` prints them.
  package var findings: [String]
  package var migrations: [Migration]

  /// What became of the running instances of a workflow.
  package struct Migration: Sendable {
    package var name: String
    package var moved: Int
    package var more: Int
    package var stayed: [(instance: InstanceID, because: [String])]

    package init(name: String, moved: Int, more: Int, stayed: [(instance: InstanceID, because: [String])]) {
      self.name = name
      self.moved = moved
      self.more = more
      self.stayed = stayed
    }
  }

  package init(
    commit: String, at: Timestamp, by: String, subject: String, isDeployed: Bool,
    versions: [(name: String, version: Int)], retired: [String], findings: [String],
    migrations: [Migration] = []
  ) {
    self.commit = commit
    self.at = at
    self.by = by
    self.subject = subject
    self.isDeployed = isDeployed
    self.versions = versions
    self.retired = retired
    self.findings = findings
    self.migrations = migrations
  }

  var face: Markup {
    element("span", .class("status", isDeployed ? "is-done" : "is-stuck")) {
      element("span", Attribute("aria-hidden", "true")) { isDeployed ? "✓" : "!" }
      isDeployed ? " deployed" : takesAuthority ? " refused but for people" : " refused"
    }
  }

  var outcome: String {
    if !isDeployed { return findings.count == 1 ? "1 finding" : "\(findings.count) findings" }
    let news = versions.map { "\($0.name) version \($0.version)" } + retired.map { "\($0) retired" }
    return news.isEmpty ? "policy and settings" : news.listed()
  }

  func line(_ reader: Reader) -> Markup {
    element("div", .class("case")) {
      element("p") {
        element("a", .href("/deployments#\(commit)")) { subject }
        " "
        face
      }
      element("p", .class("quiet")) {
        "\(outcome) · \(by), "
        reader.ago(at)
      }
    }
  }
}

extension Page {
  /// What each commit on the deploy branch became, newest first; a refused one with its findings.
  package static func deployments(_ rows: [DeploymentRow], branch: String, _ reader: Reader) -> Page {
    Page("Deployments", in: .deployments, isLive: true) {
      element("h1") { "Deployments" }
      element("p", .class("lead")) {
        "A commit on "
        element("code") { branch }
        " that holds goes live as a whole; one that does not can only take authority away."
      }
      if rows.isEmpty { Pieces.quiet("No commit has been looked at yet.") }
      element("ol", .class("rows is-spaced")) {
        for row in rows { element("li", .id(row.commit)) { entry(row, reader) } }
      }
    }
  }

  private static func moved(_ migration: DeploymentRow.Migration) -> Markup {
    let count = migration.moved == 1 ? "1 running instance" : "\(migration.moved) running instances"
    return element("div") {
      element("p") { "\(count) of \(migration.name) moved to it." }
      if !migration.stayed.isEmpty {
        element("p") { "What did not fit stays on its version:" }
        element("ul", .class("plain")) {
          for (instance, because) in migration.stayed {
            element("li") {
              element("a", .href("/instances/\(instance)")) { "\(instance)" }
              ": \(because.joined(separator: "; "))"
            }
          }
          if migration.more > 0 { element("li") { "and \(migration.more) more" } }
        }
      }
    }
  }

  private static func entry(_ row: DeploymentRow, _ reader: Reader) -> Markup {
    element("article") {
      element("h2") {
        row.subject
        " "
        row.face
      }
      element("p", .class("quiet")) {
        element("code") { row.commit.prefix(12) }
        " by \(row.by), "
        reader.at(row.at)
      }
      if !row.versions.isEmpty || !row.retired.isEmpty {
        element("ul", .class("plain")) {
          for (name, version) in row.versions {
            element("li") {
              element("a", .href("/workflows/\(Workflow.shortName(of: name))")) { name }
              " version \(version)"
            }
          }
          for name in row.retired { element("li") { "\(name) retired: no new starts" } }
        }
      }
      for migration in row.migrations { moved(migration) }
      if !row.findings.isEmpty {
        element("ul", .class("findings")) {
          for finding in row.findings {
            let isHint = finding.contains(" note[") || finding.contains(" warning[")
            element("li", .class(isHint ? "is-hint" : "is-bad")) { element("code") { finding } }
          }
        }
      }
    }
  }
}
