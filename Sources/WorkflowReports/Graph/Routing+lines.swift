extension Routing {
  /// The finished layout, shifted so that nothing lies left of the margin.
  func layout(of plan: GraphPlan, runsBack: [Bool]) -> GraphLayout {
    var layout = GraphLayout(width: 0, height: 0, nodes: [], edges: [])
    for (number, index) in plan.nodes.enumerated() {
      let (box, extent) = boxes(ofNode: number)
      layout.nodes.append(.init(index: index, box: box, extent: extent))
    }
    for (number, index) in plan.edges.enumerated() {
      layout.edges.append(
        .init(
          index: index, points: corners(ofEdge: number), label: labelBox(ofEdge: number), runsBack: runsBack[number]))
    }
    layout.shift(margin: Self.margin)
    layout.height = (rowY.last ?? 0) + (rowHeight.last ?? 0) + Self.margin
    return layout
  }

  /// Nodes were added first, so a node's number is its item's.
  private func boxes(ofNode node: Int) -> (box: Box, extent: Box) {
    let face = faces[node]
    let layer = layered.items[node].layer
    let y = rowY[layer] + ((rowHeight[layer] - face.height) / 2).rounded()
    let extent = Box(x: x[node] - face.left, y: y, width: face.left + face.right, height: face.height)
    switch face.shape {
    case .card: return (extent, extent)
    case .diamond, .dot:
      let box = Box(
        x: x[node] - face.left, y: extent.midY - face.left, width: 2 * face.left, height: 2 * face.left)
      return (box, extent)
    case .ring:
      let side = 2 * NodeFace.ringRadius
      return (Box(x: x[node] - side / 2, y: y, width: side, height: side), extent)
    }
  }

  private func labelBox(ofEdge edge: Int) -> Box? {
    guard
      let step = layered.chains[edge].firstIndex(where: { !layered.items[$0].isNode && layered.items[$0].height > 0 })
    else { return nil }
    let item = layered.chains[edge][step]
    var (middle, half) = (x[item], layered.items[item].left)
    if layered.items[item].role == .turn {
      let (into, out) = (layered.chainLinks[edge][step - 1], layered.chainLinks[edge][step])
      middle = ((bottomX[into] + bottomX[out]) / 2).rounded()
      half -= 12
    }
    let layer = layered.items[item].layer
    let height = layered.items[item].height
    return Box(
      x: middle - half, y: rowY[layer] + (rowHeight[layer] - height) / 2, width: 2 * half, height: height)
  }

  private func corners(ofEdge edge: Int) -> [Point] {
    var points: [Point] = []
    let chain = layered.chains[edge]
    for (step, link) in layered.chainLinks[edge].enumerated() {
      let piece = corners(ofLink: link)
      points += layered.links[link].upper == chain[step] ? piece : piece.reversed()
      let next = chain[step + 1]
      if layered.items[next].role == .turn {
        let layer = layered.items[next].layer
        let y = rowY[layer] + rowHeight[layer] / 2
        let out = layered.chainLinks[edge][step + 1]
        points.append(Point(x: points[points.count - 1].x, y: y))
        points.append(Point(x: layered.links[out].upper == next ? topX[out] : bottomX[out], y: y))
      }
    }
    return Self.withoutRepeats(points)
  }

  private func corners(ofLink index: Int) -> [Point] {
    let link = layered.links[index]
    let layer = layered.items[link.upper].layer
    let (x1, x2) = (topX[index], bottomX[index])
    var points = [Point(x: x1, y: lowerEdge(of: link.upper)), Point(x: x2, y: upperEdge(of: link.lower))]
    if let track = track[index] {
      let y = trackY(track, below: layer)
      points.insert(contentsOf: [Point(x: x1, y: y), Point(x: x2, y: y)], at: 1)
    }
    if leavesSideways[index] {
      let box = boxes(ofNode: link.upper).box
      points[0].y = box.midY
      points.insert(Point(x: x1 < box.midX ? box.minX : box.maxX, y: box.midY), at: 0)
    }
    return points
  }

  private func lowerEdge(of item: Int) -> Double {
    let layer = layered.items[item].layer
    return layered.items[item].isNode ? boxes(ofNode: item).box.maxY : rowY[layer] + rowHeight[layer]
  }

  private func upperEdge(of item: Int) -> Double {
    layered.items[item].isNode ? boxes(ofNode: item).box.minY : rowY[layered.items[item].layer]
  }

  /// Only the ends and the true corners.
  private static func withoutRepeats(_ points: [Point]) -> [Point] {
    var kept: [Point] = []
    for point in points where kept.last != point {
      if kept.count >= 2 {
        let (a, b) = (kept[kept.count - 2], kept[kept.count - 1])
        if (a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y) { kept.removeLast() }
      }
      kept.append(point)
    }
    return kept
  }
}

extension GraphLayout {
  fileprivate mutating func shift(margin: Double) {
    let boxes = nodes.map(\.extent) + edges.compactMap(\.label)
    let xs = boxes.map(\.minX) + boxes.map(\.maxX) + edges.flatMap { $0.points.map(\.x) }
    let low = xs.min() ?? 0
    let offset = margin - low
    width = (xs.max() ?? 0) - low + 2 * margin
    for index in nodes.indices {
      nodes[index].box.x += offset
      nodes[index].extent.x += offset
    }
    for index in edges.indices {
      edges[index].label?.x += offset
      for point in edges[index].points.indices { edges[index].points[point].x += offset }
    }
  }
}
