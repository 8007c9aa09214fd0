extension Layered {
  /// Draws every block of items that stand in one line towards the items it is linked to, as far as its neighbours allow.
  ///
  /// A descent on the total length of the horizontal pieces: each step moves one block to the weighted median of its wishes.
  /// Rounds alternate between left to right and right to left, so that whole groups close up; order and separations stay.
  func settled(_ places: [Double]) -> [Double] {
    var x = places
    let blocks = straightBlocks(places)
    for round in 0..<24 {
      let order = blocks.indices.sorted { a, b in
        let (p, q) = (x[blocks[a][0]], x[blocks[b][0]])
        return p == q ? a < b : (p < q) == (round % 2 == 1)
      }
      var moved = false
      for block in order {
        guard let step = step(of: blocks[block], x), step != 0 else { continue }
        for item in blocks[block] { x[item] += step }
        moved = true
      }
      if !moved { break }
    }
    return x
  }

  /// Items joined by straight links that nothing else hangs on: long edges with their labels, and chains of steps.
  private func straightBlocks(_ x: [Double]) -> [[Int]] {
    var blocks: [[Int]] = []
    var blockOf = [Int](repeating: -1, count: items.count)
    for layer in layers {
      for item in layer {
        if let link = linksAbove[item].first(where: { joins($0, x) }) {
          blockOf[item] = blockOf[links[link].upper]
          blocks[blockOf[item]].append(item)
        } else {
          blockOf[item] = blocks.count
          blocks.append([item])
        }
      }
    }
    return blocks
  }

  private func joins(_ link: Int, _ x: [Double]) -> Bool {
    let (upper, lower) = (links[link].upper, links[link].lower)
    return x[upper] == x[lower]
      && (linksBelow[upper].count == 1 || trunkLink(of: upper, above: false) == link)
      && (linksAbove[lower].count == 1 || trunkLink(of: lower, above: true) == link)
  }

  private struct Wish {
    let step: Double
    let weight: Int
    let isAbove: Bool
  }

  /// How far a block moves now; `nil` if nothing draws it.
  private func step(of block: [Int], _ x: [Double]) -> Double? {
    var (low, high) = (-Double.infinity, Double.infinity)
    var wishes: [Wish] = []
    for item in block {
      let row = layers[items[item].layer]
      let place = position[item]
      if place > 0 { low = max(low, x[row[place - 1]] + separation(row[place - 1], item) - x[item]) }
      if place + 1 < row.count { high = min(high, x[row[place + 1]] - separation(item, row[place + 1]) - x[item]) }
      for link in linksAbove[item] where !joins(link, x) {
        wishes.append(wish(of: item, at: links[link].upper, true, x))
      }
      for link in linksBelow[item] where !joins(link, x) {
        wishes.append(wish(of: item, at: links[link].lower, false, x))
      }
    }
    guard low <= high, let median = Self.median(wishes) else { return nil }
    return min(max(median, low), high).rounded()
  }

  private func wish(of item: Int, at other: Int, _ isAbove: Bool, _ x: [Double]) -> Wish {
    let isFreeTurn = [item, other].contains { items[$0].role == .turn && items[$0].height == 0 }
    let weight = isFreeTurn ? 1 : items[item].isNode ? (items[other].isNode ? 1 : 2) : (items[other].isNode ? 2 : 6)
    let lean = items[item].role == .turn ? -lean(of: item, towards: other) : lean(of: other, towards: item)
    return Wish(step: x[other] + lean - x[item], weight: weight, isAbove: isAbove)
  }

  /// How far from a turn's middle the line to `other` meets it; 0 for anything that is no turn.
  private func lean(of turn: Int, towards other: Int) -> Double {
    guard items[turn].role == .turn else { return 0 }
    return (meetsOnLeft(turn, other) ? -1 : 1) * (items[turn].left - 4)
  }

  /// Whether `other` is the left one of the two items that a turn joins.
  func meetsOnLeft(_ turn: Int, _ other: Int) -> Bool {
    let ends = neighbours(of: turn, above: true) + neighbours(of: turn, above: false)
    return ends.allSatisfy { position[other] <= position[$0] }
  }

  /// The weighted median; between two wishes from one side the middle, else the nearer one, which leaves one line straight.
  private static func median(_ wishes: [Wish]) -> Double? {
    if wishes.count < 2 { return wishes.first?.step }
    let sorted = wishes.sorted { ($0.step, $0.weight) < ($1.step, $1.weight) }
    let half = Double(sorted.reduce(0) { $0 + $1.weight }) / 2
    var sum = 0.0
    for (index, wish) in sorted.enumerated() {
      sum += Double(wish.weight)
      if sum > half || index == sorted.count - 1 { return wish.step }
      if sum < half { continue }
      let next = sorted[index + 1]
      if wish.isAbove == next.isAbove { return (wish.step + next.step) / 2 }
      if wish.step <= 0, next.step >= 0, wish.step == 0 || next.step == 0 { return 0 }
      return abs(wish.step) <= abs(next.step) ? wish.step : next.step
    }
    return nil
  }
}
