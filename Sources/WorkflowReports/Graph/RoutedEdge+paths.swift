extension GraphLayout.RoutedEdge {
  /// The line with rounded corners, ending inside the arrow.
  func roundedPath(radius: Double) -> String {
    guard points.count >= 2 else { return "" }
    var corners = points
    let last = corners.count - 1
    corners[last] = corners[last].moved(towards: corners[last - 1], by: 4)
    var path = "M\(pixels(corners[0]))"
    for index in 1..<last {
      let (before, corner, after) = (corners[index - 1], corners[index], corners[index + 1])
      let bend = min(radius, corner.distance(to: before) / 2, corner.distance(to: after) / 2)
      path += "L\(pixels(corner.moved(towards: before, by: bend)))"
      path += "Q\(pixels(corner)) \(pixels(corner.moved(towards: after, by: bend)))"
    }
    return path + "L\(pixels(corners[last]))"
  }

  /// The head of the arrow at the target.
  func arrowPath() -> String? {
    guard points.count >= 2 else { return nil }
    let tip = points[points.count - 1]
    let base = tip.moved(towards: points[points.count - 2], by: 8)
    let (dx, dy) = ((tip.y - base.y) / 2, (base.x - tip.x) / 2)
    let (a, b) = (Point(x: base.x + dx, y: base.y + dy), Point(x: base.x - dx, y: base.y - dy))
    return "M\(pixels(tip))L\(pixels(a))L\(pixels(b))Z"
  }

  /// The stroke across the beginning of the branch that is taken when no condition holds.
  func slashPath() -> String? {
    guard points.count >= 2 else { return nil }
    let middle = points[0].moved(towards: points[1], by: 12)
    return "M\(pixels(middle.x - 4)) \(pixels(middle.y - 4))l8 8"
  }
}

extension Point {
  func distance(to other: Point) -> Double { abs(x - other.x) + abs(y - other.y) }

  /// Along a horizontal or vertical line.
  func moved(towards other: Point, by length: Double) -> Point {
    let way = distance(to: other)
    guard way > 0 else { return self }
    let share = min(length / way, 1)
    return Point(x: x + (other.x - x) * share, y: y + (other.y - y) * share)
  }
}

private func pixels(_ point: Point) -> String { "\(pixels(point.x)) \(pixels(point.y))" }
