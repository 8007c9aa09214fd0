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
    return x[item] + (layered.meetsOnLeft(item, node) ? -1 : 1) * (layered.items[item].left - 4).rounded()
  }

  /// Places near the wishes, in order and apart, on a card's side. A lone link that cannot be straight takes the middle.
  private func spread(_ wishes: [Double], around item: Int) -> [Double] {
    let reach = layered.items[item].left - 18
    let (low, high) = (x[item] - reach, x[item] + reach)
    if wishes.count == 1 { return [low <= wishes[0] && wishes[0] <= high ? wishes[0] : x[item]] }
    // Links from outside make room for those that can be straight, nearly up to the corner.
    let straight = wishes.filter { low <= $0 && $0 <= high }
    let before = Double(wishes.count { $0 < low })
    let after = Double(wishes.count { $0 > high })
    let first = before == 0 ? low : max(min(low + 4, (straight.first ?? high) - 18 * before), low - 4)
    let last = after == 0 ? high : min(max(high - 4, (straight.last ?? low) + 18 * after), high + 4)
    let distance = min(14, (last - first) / Double(wishes.count - 1))
    var ports = wishes.map { low <= $0 && $0 <= high ? $0 : min(max($0, first), last) }
    for index in ports.indices.dropFirst() { ports[index] = max(ports[index], ports[index - 1] + distance) }
    for index in ports.indices.reversed() {
      ports[index] = min(ports[index], last - Double(ports.count - 1 - index) * distance)
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
      guard layered.items[item].role == .turn else {
        taken = x[item] + layered.items[item].right
        continue
      }
      let half = layered.items[item].left
      let next = index + 1 < row.count ? row[index + 1] : nil
      // A turn's own reach has room in it already.
      let free = next.map { x[$0] - layered.items[$0].left - (layered.items[$0].role == .turn ? 2 : 10) } ?? .infinity
      let isBelow = !layered.linksAbove[item].isEmpty
      let links = isBelow ? layered.linksAbove[item] : layered.linksBelow[item]
      let ordered = links.sorted { place(otherEnd(of: $0, than: item)) < place(otherEnd(of: $1, than: item)) }
      guard let first = ordered.first, let last = ordered.last else { continue }
      let wishes = ordered.map { isBelow ? topX[$0] : bottomX[$0] }
      // The label lies on the horizontal piece, which therefore is as long as the label at least.
      let need = layered.items[item].height > 0 ? 2 * (half - 4) : 16
      var left = min(max(wishes[0], taken + 10), x[item] + half - 4 - need).rounded()
      var right = max(min(wishes[wishes.count - 1], free), left + need).rounded()
      if meetsTrunk(first, beside: index > 0 ? row[index - 1] : nil) { left = wishes[0] }
      if meetsTrunk(last, beside: next) { right = wishes[wishes.count - 1] }
      for (link, wish) in zip(ordered, wishes) {
        let port = link == first ? left : link == last ? right : min(max(wish, left), right)
        if isBelow { bottomX[link] = port } else { topX[link] = port }
      }
      taken = right
    }
  }

  /// Whether a turn above a node can run straight into the line beside it, because both end at the same tip.
  private func meetsTrunk(_ link: Int, beside neighbour: Int?) -> Bool {
    guard let neighbour, layered.items[neighbour].role == .bend,
      let trunk = layered.linksBelow[neighbour].first, layered.links[trunk].lower == layered.links[link].lower
    else { return false }
    return x[neighbour] == bottomX[link] && bottomX[trunk] == bottomX[link]
  }

  private func otherEnd(of link: Int, than item: Int) -> Int {
    layered.links[link].upper == item ? layered.links[link].lower : layered.links[link].upper
  }
}
