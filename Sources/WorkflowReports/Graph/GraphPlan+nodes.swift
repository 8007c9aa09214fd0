extension GraphPlan {
  /// All nodes in the author's order, which is also the order of the tabulator key.
  func nodesDrawn(_ layout: GraphLayout, _ drawing: GraphDrawing) -> Markup {
    let boundary = boundaryEvents(layout)
    return element("g", .class("nodes")) {
      for (number, placed) in layout.nodes.enumerated() { node(number, placed, drawing) }
      boundary
    }
  }

  private func node(_ number: Int, _ placed: GraphLayout.PlacedNode, _ drawing: GraphDrawing) -> Markup {
    let node = graph.nodes[placed.index]
    let link = drawing.link?(node)
    let isStop = link == nil && !drawing.isStandalone
    let group = element(
      "g", .id(drawing.idPrefix + node.id), Attribute("data-step", node.id),
      .class("node", "is-\(node.kind.name)", node.mark == .none ? "" : "is-\(node.mark.rawValue)"),
      Attribute("tabindex", isStop ? "0" : nil), Attribute("role", isStop ? "img" : nil),
      Attribute("aria-label", isStop ? spoken(node) : nil)
    ) {
      element("title") { spoken(node) }
      shape(faces[number], placed, node)
      mark(node.mark, on: placed, faces[number].shape)
    }
    guard let link else { return group }
    return element("a", .href(link), Attribute("aria-label", spoken(node))) { group }
  }

  /// Everything a picture of the node says, in words.
  private func spoken(_ node: Graph.Node) -> String {
    let kind = node.subtitle.isEmpty ? node.kind.word : node.subtitle
    let mark = node.mark == .none ? [] : [node.mark.rawValue]
    return ([node.title.isEmpty ? node.id : node.title, kind] + mark + node.badges).joined(separator: ", ")
  }

  private func shape(_ face: NodeFace, _ placed: GraphLayout.PlacedNode, _ node: Graph.Node) -> Markup {
    switch face.shape {
    case .card: card(face, placed.box, node)
    case .diamond: diamond(face, placed.box, node)
    case .dot: dot(face, placed.box)
    case .ring: ring(face, placed.box)
    }
  }

  private func diamond(_ face: NodeFace, _ box: Box, _ node: Graph.Node) -> Markup {
    let (x, y, r) = (box.midX, box.midY, box.width / 2)
    let path =
      "M\(pixels(x)) \(pixels(y - r))L\(pixels(x + r)) \(pixels(y))L\(pixels(x)) \(pixels(y + r))"
      + "L\(pixels(x - r)) \(pixels(y))Z"
    return element("g") {
      element("path", .class("shape"), Attribute("d", path))
      symbol(Symbol.path(for: node.kind), x: x - 9, y: y - 9, scale: "1.125", names: "symbol")
      wordsBeside(face, box)
    }
  }

  private func dot(_ face: NodeFace, _ box: Box) -> Markup {
    element("g") {
      element(
        "circle", .class("shape"), Attribute("cx", pixels(box.midX)), Attribute("cy", pixels(box.midY)),
        Attribute("r", pixels(box.width / 2)))
      wordsBeside(face, box)
    }
  }

  private func ring(_ face: NodeFace, _ box: Box) -> Markup {
    element("g") {
      element(
        "circle", .class("shape"), Attribute("cx", pixels(box.midX)), Attribute("cy", pixels(box.midY)),
        Attribute("r", pixels(box.width / 2 - 2)))
      for (index, line) in face.title.lines.enumerated() {
        textLine(
          line, x: box.midX, y: box.maxY + 16 + NodeFace.smallLine * Double(index), centred: true, names: "words")
      }
    }
  }

  /// Words to the right of a small shape, above its middle, where an edge may leave sideways.
  private func wordsBeside(_ face: NodeFace, _ box: Box) -> Markup {
    let isDot = face.shape == .dot
    let count = Double(face.title.lines.count)
    let first = isDot ? box.midY + 4.5 : box.midY - 10 - NodeFace.smallLine * (count - 1)
    var words = Markup()
    for (index, line) in face.title.lines.enumerated() {
      words.append(
        textLine(
          line, x: box.maxX + (isDot ? 5 : 1), y: first + NodeFace.smallLine * Double(index), names: "words"))
    }
    return words
  }

  private func mark(_ mark: Graph.Mark, on placed: GraphLayout.PlacedNode, _ shape: NodeFace.Shape) -> Markup {
    guard mark != .none, shape != .dot else { return Markup() }
    let inset = shape == .card ? 0 : placed.box.width * 0.2
    let (x, y) = (placed.box.maxX - inset, placed.box.minY + inset)
    return element("g", .class("mark")) {
      element("circle", Attribute("cx", pixels(x)), Attribute("cy", pixels(y)), Attribute("r", "9"))
      symbol(Symbol.path(for: mark), x: x - 7, y: y - 7, scale: ".875", names: "symbol")
    }
  }

  /// The small rings on the border of a step from which errors and escalations leave.
  private func boundaryEvents(_ layout: GraphLayout) -> Markup {
    var rings = Markup()
    for routed in layout.edges {
      let kind = graph.edges[routed.index].kind
      guard kind == .error || kind == .escalation, let start = routed.points.first else { continue }
      rings.append(
        element("g", .class("boundary", "is-\(kind.rawValue)"), Attribute("aria-hidden", "true")) {
          element("circle", Attribute("cx", pixels(start.x)), Attribute("cy", pixels(start.y)), Attribute("r", "8"))
          symbol(Symbol.path(for: kind), x: start.x - 5, y: start.y - 5, scale: ".625", names: "symbol")
        })
    }
    return rings
  }
}

func symbol(_ path: Markup, x: Double, y: Double, scale: String, names: String) -> Markup {
  guard !path.isEmpty else { return Markup() }
  return element(
    "g", .class(names), Attribute("transform", "translate(\(pixels(x)) \(pixels(y))) scale(\(scale))")
  ) { path }
}
