extension SchemaReader {
  mutating func resolveReferences() {
    for (node, text) in references where !isFull {
      let place = JSONPointer.appending(SchemaKeyword.ref.rawValue, to: nodes[node].pointer)
      guard text.first == "#" else {
        report(place, "'\(text)' is outside this file", hint: "copy it into '$defs' and refer to '#/$defs/...'")
        continue
      }
      guard let target = target(of: text.dropFirst()) else {
        report(place, "there is no schema at '\(text)'", hint: nearestTarget(to: text))
        continue
      }
      setReference(of: node, to: target)
    }
  }

  private func target(of fragment: Substring) -> Int? {
    guard let pointer = JSONPointer.decoded(fragment: fragment) else { return nil }
    return pointer.isEmpty || pointer.hasPrefix("/") ? places[pointer] : anchors[pointer]
  }

  private func nearestTarget(to text: String) -> String? {
    let candidates = places.keys.filter { $0.hasPrefix("/$defs/") }.sorted().prefix(200).map { "#" + $0 }
    return Spelling.nearest(to: text, among: candidates).map { "did you mean '\($0)'?" }
  }

  /// A reference may come round again only by way of a property or an item; otherwise checking would never end.
  mutating func refuseCircles() {
    var heights: [Int?] = Array(repeating: nil, count: nodes.count)
    for start in nodes.indices where heights[start] == nil {
      var path: Set<Int> = []
      var waiting: [(node: Int, isDone: Bool)] = [(start, false)]
      while let (node, isDone) = waiting.popLast() {
        let next = nodes[node].combined.members + [nodes[node].reference].compactMap { $0 }
        if isDone {
          path.remove(node)
          heights[node] = 1 + (next.compactMap { heights[$0] }.max() ?? 0)
        } else if heights[node] == nil, path.insert(node).inserted {
          waiting.append((node, true))
          for circle in next where path.contains(circle) { reportCircle(from: node) }
          waiting += next.filter { heights[$0] == nil && !path.contains($0) }.map { ($0, false) }
        }
      }
    }
    if let tall = heights.firstIndex(where: { ($0 ?? 0) > Self.maxChain }), problems.isEmpty {
      report(nodes[tall].pointer, "more than \(Self.maxChain) schemas refer to each other in a row")
    }
  }

  private static var maxChain: Int { 64 }

  private mutating func reportCircle(from node: Int) {
    report(
      nodes[node].pointer, "this schema refers back to itself for the same value",
      hint: "refer to it from a property or from 'items'")
  }
}
