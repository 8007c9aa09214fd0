extension Graph {
  /// The graph as Mermaid text, for places that draw it themselves: pull requests, wikis.
  ///
  /// Ids are numbered and every character that could mean something to Mermaid or HTML is written as `#code;`, so that
  /// titles cannot become syntax.
  package func mermaid() -> String {
    var text = "flowchart TD\n"
    var number: [String: Int] = [:]
    for node in nodes where number[node.id] == nil {
      let index = number.count
      number[node.id] = index
      let mark = node.mark == .none ? "" : ":::\(node.mark.rawValue)"
      text += "  n\(index)\(node.mermaidShape)\(mark)\n"
    }
    for edge in mergingParallelEdges().edges {
      guard let from = number[edge.from], let to = number[edge.to] else { continue }
      let label = edge.label.isEmpty ? "" : "|\"\(Self.inert(edge.label))\"|"
      text += "  n\(from) \(edge.mermaidArrow)\(label) n\(to)\n"
    }
    for mark in Mark.allCases {
      if let style = mark.mermaidStyle, nodes.contains(where: { $0.mark == mark }) {
        text += "  classDef \(mark.rawValue) \(style)\n"
      }
    }
    return text
  }

  /// Letters, digits and blanks as they are, the rest by number; controls become blanks.
  fileprivate static func inert(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ",": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20: result += " "
      case _ where scalar.value > 0x7F && scalar.properties.isAlphabetic: result.unicodeScalars.append(scalar)
      default: result += "#\(scalar.value);"
      }
    }
    return result
  }
}

extension Graph.Node {
  fileprivate var mermaidShape: String {
    let words = ([title.isEmpty ? (kind == .start ? "" : id) : title] + badges).map(Graph.inert).joined(
      separator: "<br>")
    let text = "\"\(words.isEmpty ? " " : words)\""
    return switch kind {
    case .start: "((\(text)))"
    case .end: "(((\(text))))"
    case .gateway, .join: "{\(text)}"
    case .approval: "[/\(text)/]"
    case .call: "[[\(text)]]"
    case .wait, .state: "([\(text)])"
    case .notification: ">\(text)]"
    case .task, .service, .table: "[\(text)]"
    }
  }
}

extension Graph.Edge {
  fileprivate var mermaidArrow: String {
    switch (mark, kind) {
    case (.taken, _), (.added, _): "==>"
    case (.removed, _): "-.-x"
    case (.none, .error), (.none, .escalation): "-.->"
    case (.none, .normal), (.none, .otherwise): "-->"
    }
  }
}

extension Graph.Mark {
  /// Line styles differ too, so that the mark does not hang on colour.
  fileprivate var mermaidStyle: String? {
    switch self {
    case .none: nil
    case .active: "stroke:#24509c,stroke-width:4px"
    case .done: "stroke:#24509c,stroke-width:2px"
    case .failed: "stroke:#a3241b,stroke-width:4px"
    case .added: "stroke:#276738,stroke-width:4px"
    case .removed: "stroke:#a3241b,stroke-width:2px,stroke-dasharray:5 4"
    case .changed: "stroke:#7c5200,stroke-width:4px"
    case .unreachable: "stroke-dasharray:2 4"
    }
  }
}
