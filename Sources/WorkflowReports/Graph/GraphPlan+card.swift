extension GraphPlan {
  /// A field of a printed form: a small caption above, the value below; an approval has a line to sign on.
  func card(_ face: NodeFace, _ box: Box, _ node: Graph.Node) -> Markup {
    element("g", Attribute("transform", "translate(\(pixels(box.x)) \(pixels(box.y)))")) {
      rectangle("shape", inset: 0, box, radius: node.kind == .state ? 16 : 6)
      detail(of: node.kind, box)
      symbol(Symbol.path(for: node.kind), x: NodeFace.cardPadding, y: 11, scale: ".875", names: "icon")
      for line in face.caption.lines {
        textLine(line, x: NodeFace.cardPadding + 20, y: 22, names: "caption")
      }
      for (index, line) in face.title.lines.enumerated() {
        textLine(
          line, x: NodeFace.cardPadding, y: face.titleTop + 14 + NodeFace.titleLine * Double(index), names: "name")
      }
      for badge in face.badges { chip(badge) }
    }
  }

  private func rectangle(_ names: String, inset: Double, _ box: Box, radius: Double) -> Markup {
    element(
      "rect", .class(names), Attribute("x", pixels(inset)), Attribute("y", pixels(inset)),
      Attribute("width", pixels(box.width - 2 * inset)), Attribute("height", pixels(box.height - 2 * inset)),
      Attribute("rx", pixels(radius)))
  }

  /// What tells kinds of cards apart beside the icon.
  private func detail(of kind: Graph.Kind, _ box: Box) -> Markup {
    switch kind {
    case .approval:
      let y = pixels(box.height - 12)
      return element(
        "path", .class("detail"), Attribute("d", "M\(pixels(NodeFace.cardPadding)) \(y)h\(pixels(box.width - 28))"))
    case .call: return rectangle("detail", inset: 3, box, radius: 4)
    case .table, .state: return element("path", .class("detail"), Attribute("d", "M0 30h\(pixels(box.width))"))
    case .wait:
      return element("path", .class("detail"), Attribute("d", "M5 6v\(pixels(box.height - 12))"))
    default: return Markup()
    }
  }

  private func chip(_ badge: NodeFace.Badge) -> Markup {
    element("g", .class("chip")) {
      element(
        "rect", Attribute("x", pixels(badge.box.x)), Attribute("y", pixels(badge.box.y)),
        Attribute("width", pixels(badge.box.width)), Attribute("height", pixels(badge.box.height)),
        Attribute("rx", pixels(badge.box.height / 2)))
      textLine(badge.text, x: badge.box.midX, y: badge.box.midY + 4, centred: true)
    }
  }
}

extension Graph.Kind {
  /// The kind as part of a class name.
  var name: String {
    switch self {
    case .start: "start"
    case .task: "task"
    case .approval: "approval"
    case .service: "service"
    case .gateway: "gateway"
    case .join: "join"
    case .wait: "wait"
    case .notification: "notification"
    case .call: "call"
    case .table: "table"
    case .end: "end"
    case .state: "state"
    }
  }
}
