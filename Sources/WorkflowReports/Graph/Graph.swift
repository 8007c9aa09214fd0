/// A picture of a process as nodes and edges, before anything is placed.
///
/// Definitions, differences and instances all become one of these; layout and drawing know nothing else.
package struct Graph: Equatable, Sendable {
  /// What the picture shows, for its accessible name.
  package var title: String
  /// One sentence more, for its accessible description.
  package var summary: String
  /// In the author's order, which breaks ties in the layout.
  package var nodes: [Node]
  /// In the author's order. An edge to or from a node that does not exist is not drawn.
  package var edges: [Edge]

  package init(title: String = "", summary: String = "", nodes: [Node], edges: [Edge]) {
    self.title = title
    self.summary = summary
    self.nodes = nodes
    self.edges = edges
  }

  package struct Node: Equatable, Sendable {
    package var id: String
    package var title: String
    /// The small caption, usually the step's type in words.
    package var subtitle: String
    package var kind: Kind
    /// Short remarks: "3 waiting", "due 2 business days".
    package var badges: [String]
    package var mark: Mark

    package init(
      id: String, title: String, subtitle: String = "", kind: Kind, badges: [String] = [], mark: Mark = .none
    ) {
      self.id = id
      self.title = title
      self.subtitle = subtitle
      self.kind = kind
      self.badges = badges
      self.mark = mark
    }
  }

  package enum Kind: Equatable, Hashable, Sendable {
    case start, task, approval, service
    case gateway(Gateway)
    case join, wait, notification, call, table, end
    /// A state of a state machine.
    case state
  }

  package enum Gateway: Sendable {
    case exclusive, inclusive, parallel
  }

  /// What an overlay (an instance, a difference, a check) says of a node.
  package enum Mark: String, CaseIterable, Sendable {
    case none, active, done, failed, added, removed, changed, unreachable
  }

  package struct Edge: Equatable, Sendable {
    package var from: String
    package var to: String
    /// The outcome or the branch's condition.
    package var label: String
    package var kind: EdgeKind
    package var mark: EdgeMark

    package init(
      _ from: String, _ to: String, label: String = "", kind: EdgeKind = .normal, mark: EdgeMark = .none
    ) {
      self.from = from
      self.to = to
      self.label = label
      self.kind = kind
      self.mark = mark
    }
  }

  package enum EdgeKind: String, CaseIterable, Sendable {
    case normal, otherwise, error, escalation
  }

  package enum EdgeMark: String, CaseIterable, Sendable {
    case none, taken, added, removed
  }
}
