package import CEL

/// What became of a commit on the deploy branch.
package struct DeploymentRow: Sendable {
  package var commit: String
  package var at: Timestamp
  package var by: String
  package var subject: String
  package var isDeployed: Bool
  package var versions: [(name: String, version: Int)]
  package var retired: [String]
  /// One line each, as `writ check` prints them.
  package var findings: [String]

  package init(
    commit: String, at: Timestamp, by: String, subject: String, isDeployed: Bool,
    versions: [(name: String, version: Int)], retired: [String], findings: [String]
  ) {
    self.commit = commit
    self.at = at
    self.by = by
    self.subject = subject
    self.isDeployed = isDeployed
    self.versions = versions
    self.retired = retired
    self.findings = findings
  }

  var face: Markup {
    element("span", .class("status", isDeployed ? "is-done" : "is-stuck")) {
      element("span", Attribute("aria-hidden", "true")) { isDeployed ? "✓" : "!" }
      isDeployed ? " deployed" : " refused"
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
        " that holds goes live as a whole; one that does not changes nothing."
      }
      if rows.isEmpty { Pieces.quiet("No commit has been looked at yet.") }
      element("ol", .class("rows is-spaced")) {
        for row in rows { element("li", .id(row.commit)) { entry(row, reader) } }
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
              element("a", .href("/workflows/\(name.split(separator: "/").last ?? "")")) { name }
              " version \(version)"
            }
          }
          for name in row.retired { element("li") { "\(name) retired: no new starts" } }
        }
      }
      if !row.findings.isEmpty {
        element("ul", .class("findings")) {
          for finding in row.findings { element("li") { element("code") { finding } } }
        }
      }
    }
  }
}
