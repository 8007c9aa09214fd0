extension GraphPlan {
  /// All lines, then all their labels; edges with a mark come last, so that they lie on top.
  func edgesDrawn(_ layout: GraphLayout) -> Markup {
    let order = layout.edges.indices.sorted { a, b in
      let (x, y) = (isMarked(layout.edges[a]), isMarked(layout.edges[b]))
      return x == y ? a < b : y
    }
    var lines = Markup()
    var labels = Markup()
    for number in order {
      let routed = layout.edges[number]
      lines.append(line(routed))
      if let box = routed.label { labels.append(label(number, routed, box)) }
    }
    return element("g", .class("edges"), Attribute("aria-hidden", "true")) {
      lines
      labels
    }
  }

  private func isMarked(_ edge: GraphLayout.RoutedEdge) -> Bool { graph.edges[edge.index].mark != .none }

  private func names(_ edge: Graph.Edge, _ part: String) -> Attribute {
    .class(
      part, edge.kind == .normal ? "" : "is-\(edge.kind.rawValue)", edge.mark == .none ? "" : "is-\(edge.mark.rawValue)"
    )
  }

  private func line(_ routed: GraphLayout.RoutedEdge) -> Markup {
    let edge = graph.edges[routed.index]
    return element("g", names(edge, "edge"), Attribute("data-from", edge.from), Attribute("data-to", edge.to)) {
      element("path", .class("line"), Attribute("d", routed.roundedPath(radius: 9)))
      if let arrow = routed.arrowPath() { element("path", .class("arrow"), Attribute("d", arrow)) }
      if edge.kind == .otherwise, let slash = routed.slashPath() {
        element("path", .class("slash"), Attribute("d", slash))
      }
    }
  }

  private func label(_ number: Int, _ routed: GraphLayout.RoutedEdge, _ box: Box) -> Markup {
    let lettering = labels[number]
    return element("g", names(graph.edges[routed.index], "label")) {
      element("title") { graph.edges[routed.index].label }
      element(
        "rect", Attribute("x", pixels(box.x)), Attribute("y", pixels(box.y)), Attribute("width", pixels(box.width)),
        Attribute("height", pixels(box.height)), Attribute("rx", "4"))
      for (index, line) in lettering.lines.enumerated() {
        textLine(line, x: box.midX, y: box.y + 2 + EdgeLabel.line * Double(index) + 11.5, centred: true)
      }
    }
  }
}

/// One line of text with its baseline at `y`.
func textLine(_ text: String, x: Double, y: Double, centred: Bool = false, names: String = "") -> Markup {
  element(
    "text", Attribute("class", names.isEmpty ? nil : names), Attribute("x", pixels(x)), Attribute("y", pixels(y)),
    Attribute("text-anchor", centred ? "middle" : nil)
  ) { text }
}
