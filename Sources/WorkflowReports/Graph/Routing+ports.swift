extension Routing {
  /// Chooses where links leave and enter items: straight on where that is possible, spread over a card's side, together at
  /// the tip of a diamond, a dot or a ring.
  mutating func choosePorts() {
    for row in layered.layers {
      for item in row {
        guard case .node(let node) = layered.items[item].role else { continue }
        switch faces[node].shape {
        case .card: spreadBelow(item)
        case .diamond: leaveDiamond(item, radius: faces[node].left)
        case .dot, .ring: break
        }
      }
      for item in row {
        guard case .node(let node) = layered.items[item].role, faces[node].shape == .card else { continue }
        spreadAbove(item)
      }
    }
    for row in layered.layers { stretchTurns(in: row) }
  }

  private mutating func spreadBelow(_ item: Int) {
    let links = layered.linksBelow[item].sorted { place(layered.links[$0].lower) < place(layered.links[$1].lower) }
    if links.count == 1, layered.items[layered.links[links[0]].lower].isNode { return }
    let wishes = links.map { aim($0, from: item, at: layered.links[$0].lower) }
    for (link, port) in zip(links, spread(wishes, around: item)) { topX[link] = port }
  }

  private mutating func spreadAbove(_ item: Int) {
    let links = layered.linksAbove[item].sorted { place(layered.links[$0].upper) < place(layered.links[$1].upper) }
    let wishes = links.map { link in
      let upper = layered.links[link].upper
      return layered.items[upper].isNode ? topX[link] : aim(link, from: item, at: upper)
    }
    for (link, port) in zip(links, spread(wishes, around: item)) { bottomX[link] = port }
  }

  private func place(_ item: Int) -> Int { layered.position[item] }

  /// The x at which a link would be straight. A turn is met at the side on which the node lies.
  private func aim(_ link: Int, from node: Int, at item: Int) -> Double {
    guard layered.items[item].role == .turn else { return x[item] }
    return x[item] + (nodeIsLeft(ofTurn: item) ? -1 : 1) * (layered.items[item].left - 4).rounded()
  }

  /// Whether a turn's node lies left of the line that runs back.
  private func nodeIsLeft(ofTurn turn: Int) -> Bool {
    let links = layered.linksAbove[turn] + layered.linksBelow[turn]
    let ends = links.map { layered.links[$0].upper == turn ? layered.links[$0].lower : layered.links[$0].upper }
    let node = ends.first { layered.items[$0].isNode }
    let bend = ends.first { !layered.items[$0].isNode }
    guard let node, let bend else { return true }
    return place(node) < place(bend)
  }

  /// Places near the wishes, in order and apart, on a card's side. A lone link that cannot be straight takes the middle.
  private func spread(_ wishes: [Double], around item: Int) -> [Double] {
    let reach = layered.items[item].left - 22
    let (low, high) = (x[item] - reach, x[item] + reach)
    if wishes.count == 1 { return [low <= wishes[0] && wishes[0] <= high ? wishes[0] : x[item]] }
    let distance = min(18, 2 * reach / Double(max(wishes.count - 1, 1)))
    var ports = wishes.map { min(max($0, low), high) }
    for index in ports.indices.dropFirst() { ports[index] = max(ports[index], ports[index - 1] + distance) }
    for index in ports.indices.reversed() {
      ports[index] = min(ports[index], high - Double(ports.count - 1 - index) * distance)
    }
    return ports.map { $0.rounded() }
  }

  /// From a diamond the outer branches leave at its left and right tips if nothing stands in their way; the rest below.
  private mutating func leaveDiamond(_ item: Int, radius: Double) {
    let row = layered.layers[layered.items[item].layer]
    let index = place(item)
    let leftLimit = index > 0 ? x[row[index - 1]] + layered.items[row[index - 1]].right + 12 : -.infinity
    let rightLimit = index + 1 < row.count ? x[row[index + 1]] - layered.items[row[index + 1]].left - 12 : .infinity
    for link in layered.linksBelow[item] {
      let lower = layered.links[link].lower
      let target = aim(link, from: item, at: lower)
      let isOutside = target < x[item] - radius - 6 || target > x[item] + radius + 6
      guard isOutside, leftLimit < target, target < rightLimit else { continue }
      topX[link] = target
      leavesSideways[link] = true
    }
  }

  /// Draws the horizontal piece of each turn out to where its two lines come from, as far as its neighbours leave room.
  private mutating func stretchTurns(in row: [Int]) {
    var taken = -Double.infinity
    for (index, item) in row.enumerated() {
      let half = layered.items[item].left
      guard layered.items[item].role == .turn else {
        taken = x[item] + layered.items[item].right
        continue
      }
      let free = index + 1 < row.count ? x[row[index + 1]] - layered.items[row[index + 1]].left - 10 : .infinity
      let isBelow = !layered.linksAbove[item].isEmpty
      let links = isBelow ? layered.linksAbove[item] : layered.linksBelow[item]
      let ordered = links.sorted { place(otherEnd(of: $0, than: item)) < place(otherEnd(of: $1, than: item)) }
      guard ordered.count == 2 else { continue }
      let wishes = ordered.map { isBelow ? topX[$0] : bottomX[$0] }
      let left = min(max(wishes[0], taken + 10), x[item] - half + 4).rounded()
      let right = max(min(wishes[1], free), x[item] + half - 4).rounded()
      if isBelow {
        (bottomX[ordered[0]], bottomX[ordered[1]]) = (left, right)
      } else {
        (topX[ordered[0]], topX[ordered[1]]) = (left, right)
      }
      taken = right
    }
  }

  private func otherEnd(of link: Int, than item: Int) -> Int {
    layered.links[link].upper == item ? layered.links[link].lower : layered.links[link].upper
  }
}
