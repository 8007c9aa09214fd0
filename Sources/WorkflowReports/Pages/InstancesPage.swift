package import WorkflowEngine

/// What a list of instances was asked for.
package struct InstanceFilter: Sendable, Hashable {
  /// Groups of statuses that people ask for.
  package enum Standing: String, Sendable, CaseIterable {
    case open, stuck, ended
    case all

    package func admits(_ instance: Instance) -> Bool {
      switch self {
      case .all: true
      case .open: !instance.status.isEnded
      case .stuck: !instance.status.isEnded && (instance.hasIncident || instance.status == .failed)
      case .ended: instance.status.isEnded
      }
    }
  }

  package var standing: Standing
  /// Name of the workflow, short or as a path.
  package var workflow: String?
  /// What it was called before.
  package var formerNames: [String] = []
  /// Only those that this person started.
  package var initiator: PersonID?

  package init(standing: Standing = .open, workflow: String? = nil, initiator: PersonID? = nil) {
    self.standing = standing
    self.workflow = workflow
    self.initiator = initiator
  }

  package func admits(_ instance: Instance) -> Bool {
    standing.admits(instance) && (workflow.map { isCalled($0, instance) } ?? true)
      && (initiator.map { $0 == instance.initiator } ?? true)
  }

  private func isCalled(_ name: String, _ instance: Instance) -> Bool {
    [instance.id.name, instance.workflow, Workflow.shortName(of: instance.workflow)].contains(name)
      || formerNames.contains(instance.workflow)
  }

  func query(before: Int? = nil) -> String {
    let parts = [
      "status=\(standing.rawValue)", workflow.map { "workflow=\($0)" }, initiator.map { "person=\($0)" },
      before.map { "before=\($0)" },
    ]
    return "/instances?" + parts.compactMap { $0 }.joined(separator: "&")
  }
}

extension Page {
  /// - Parameters:
  ///   - next: the number to go on before, if there is more.
  package static func instances(
    _ cases: [Case], filter: InstanceFilter, workflows: [(name: String, title: String)], next: Int?, _ reader: Reader
  ) -> Page {
    Page("Instances", in: .instances, isLive: true) {
      element("h1") { "Instances" }
      InstancesPage.filters(filter, workflows, reader)
      if cases.isEmpty {
        Pieces.quiet("Nothing here that you may see.")
      } else {
        InstancesPage.table(cases, reader)
      }
      if let next {
        element("p", .class("buttons")) {
          element("a", .class("button"), .href(filter.query(before: next))) { "Earlier ones" }
        }
      }
    }
  }
}

enum InstancesPage {
  static func filters(_ filter: InstanceFilter, _ workflows: [(name: String, title: String)], _ reader: Reader)
    -> Markup
  {
    element("form", .class("filters"), Attribute("method", "get"), Attribute("action", "/instances")) {
      select(
        "status", "Show", InstanceFilter.Standing.allCases.map { ($0.rawValue, $0.rawValue) }, filter.standing.rawValue)
      select("workflow", "Workflow", [("", "any")] + workflows.map { ($0.name, $0.title) }, filter.workflow ?? "")
      select("person", "Started by", [("", "anybody")] + people(reader), filter.initiator ?? "")
      element("button", .class("button"), Attribute("type", "submit")) { "Show" }
    }
  }

  private static func people(_ reader: Reader) -> [(String, String)] {
    reader.people.people.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map { ($0.id, $0.name) }
  }

  private static func select(
    _ name: String, _ label: String, _ options: [(value: String, label: String)], _ chosen: String
  ) -> Markup {
    element("div", .class("field")) {
      element("label", Attribute("for", "filter-\(name)")) { label }
      element("select", .id("filter-\(name)"), Attribute("name", name)) {
        for option in options {
          element("option", Attribute("value", option.value), Attribute("selected", when: option.value == chosen)) {
            option.label.capitalized
          }
        }
      }
    }
  }

  static func table(_ cases: [Case], _ reader: Reader) -> Markup {
    Pieces.table(
      "Instances", ["Instance", "Status", "Where it stands", "Started"],
      rows: cases.map { item in
        [
          Pieces.link(item.instance.id), Pieces.status(item.instance), standing(item, reader),
          started(item.instance, reader),
        ]
      })
  }

  @MarkupBuilder private static func standing(_ item: Case, _ reader: Reader) -> Markup {
    item.standing(reader)
    " "
    reader.due(item.due)
  }

  @MarkupBuilder private static func started(_ instance: Instance, _ reader: Reader) -> Markup {
    "\(reader.you(instance.initiator)), "
    reader.ago(instance.startedAt)
  }
}
