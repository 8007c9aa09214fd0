import WorkflowEngine
import WorkflowReports

/// A workflow as Mermaid text, for places that draw it by themselves, such as a forge's README.
enum Mermaid {
  static func text(_ workflow: Workflow) -> String {
    let graph = Graph(workflow)
    var lines = ["flowchart TD"]
    lines += graph.nodes.map { "  \(name($0.id))\(shape($0))" }
    for edge in graph.edges {
      let label = edge.label.isEmpty ? "" : "|\(quoted(edge.label))|"
      lines.append("  \(name(edge.from)) -->\(label) \(name(edge.to))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `end` and the like are words of Mermaid.
  private static func name(_ id: String) -> String { "s_\(id)" }

  private static func shape(_ node: Graph.Node) -> String {
    let label = quoted(node.title)
    return switch node.kind {
    case .gateway: "{\(label)}"
    case .approval: "[/\(label)/]"
    case .end: "([\(label)])"
    case .service: "[[\(label)]]"
    default: "[\(label)]"
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "#quot;") + "\""
  }
}
