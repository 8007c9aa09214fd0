/// How a graph is drawn as SVG.
package struct GraphDrawing: Sendable {
  /// Stands alone in a file, with its own styles and ground; otherwise it takes the page's.
  package var isStandalone: Bool
  /// Begins the ids of nodes: `step-` gives `step-pay`. Two graphs on one page need different ones.
  package var idPrefix: String
  /// Where a node leads, if anywhere. Without it nodes take the focus but lead nowhere.
  package var link: (@Sendable (Graph.Node) -> String?)?

  package init(
    isStandalone: Bool = false, idPrefix: String = "step-", link: (@Sendable (Graph.Node) -> String?)? = nil
  ) {
    self.isStandalone = isStandalone
    self.idPrefix = idPrefix
    self.link = link
  }
}

extension Graph {
  /// The graph as one `<svg>` element.
  ///
  /// Everything that has a meaning has a shape or a symbol, never a colour alone; colours come from the page's custom
  /// properties, so the same drawing is right in the dark and in the light.
  package func svg(_ drawing: GraphDrawing = GraphDrawing()) -> Markup {
    let plan = GraphPlan(mergingParallelEdges())
    let layout = plan.layout()
    var body = Markup()
    body.append(element: "title", [.id(drawing.idPrefix + "graph-title")], Markup(title.isEmpty ? "Workflow" : title))
    if !summary.isEmpty { body.append(element: "desc", [], Markup(summary)) }
    if drawing.isStandalone {
      body.append(element: "style", [], .embedded(.graph))
      body.append(element: "rect", [.class("ground"), Attribute("width", "100%"), Attribute("height", "100%")])
    }
    body.append(plan.edgesDrawn(layout))
    body.append(plan.nodesDrawn(layout, drawing))
    let (width, height) = (max(layout.width, 1), max(layout.height, 1))
    // An image hides its children from assistive technology, so only the file is one: on a page the nodes are reachable.
    return element(
      "svg", Attribute("xmlns", "http://www.w3.org/2000/svg"), .class("graph"),
      Attribute("role", drawing.isStandalone ? "img" : "group"),
      Attribute("aria-labelledby", drawing.idPrefix + "graph-title"),
      Attribute("width", pixels(width)), Attribute("height", pixels(height)),
      Attribute("viewBox", "0 0 \(pixels(width)) \(pixels(height))")
    ) { body }
  }
}

/// A length without needless digits: `12`, `12.5`. Tenths of a pixel are enough for everybody.
func pixels(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
}
