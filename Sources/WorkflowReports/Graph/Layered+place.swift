extension Layered {
  /// Gives every item its x: Brandes and Köpf, "Fast and simple horizontal coordinate assignment" (2001), with widths.
  ///
  /// Four layouts, each of which lines items up with a median neighbour as far to one corner as it can, are averaged. Each
  /// keeps the separations, so their average does too; and long edges come out straight.
  func horizontalPlaces() -> [Double] {
    let conflicts = conflictingLinks()
    var candidates: [(places: [Double], mirrored: Bool)] = []
    for downward in [true, false] {
      for mirrored in [false, true] {
        let alignment = Alignment(self, downward: downward, mirrored: mirrored, conflicts: conflicts)
        candidates.append((alignment.compacted(self), mirrored))
      }
    }
    return balanced(candidates)
  }

  /// Links that cross an inner piece of a long edge: they give way, so that the long edge stays straight.
  private func conflictingLinks() -> [Bool] {
    var isConflicting = [Bool](repeating: false, count: links.count)
    for layer in layers.indices.dropFirst() {
      let row = layers[layer]
      var (left, next) = (0, 0)
      for (place, item) in row.enumerated() {
        let inner = innerNeighbourAbove(item)
        guard inner != nil || place == row.count - 1 else { continue }
        let right = inner.map { position[$0] } ?? layers[layer - 1].count - 1
        while next <= place {
          for link in linksAbove[row[next]] {
            let above = position[links[link].upper]
            if above < left || above > right { isConflicting[link] = true }
          }
          next += 1
        }
        left = right
      }
    }
    return isConflicting
  }

  private func innerNeighbourAbove(_ item: Int) -> Int? {
    guard !items[item].isNode else { return nil }
    if let trunk = trunkLink(of: item, above: true) { return links[trunk].upper }
    for link in linksAbove[item] where !items[links[link].upper].isNode { return links[link].upper }
    return nil
  }

  /// Shifts the four layouts to the narrowest one's edges and takes the mean of the two middle values of each item.
  private func balanced(_ candidates: [(places: [Double], mirrored: Bool)]) -> [Double] {
    let bounds = candidates.map { candidate in
      var (low, high) = (Double.infinity, -Double.infinity)
      for (index, x) in candidate.places.enumerated() {
        low = min(low, x - items[index].left)
        high = max(high, x + items[index].right)
      }
      return (low: low, high: high)
    }
    guard let narrowest = bounds.min(by: { $0.high - $0.low < $1.high - $1.low }) else { return [] }
    let shifts = zip(candidates, bounds).map { candidate, bound in
      candidate.mirrored ? narrowest.high - bound.high : narrowest.low - bound.low
    }
    return items.indices.map { item in
      let values = zip(candidates, shifts).map { $0.places[item] + $1 }.sorted()
      return ((values[1] + values[2]) / 2).rounded()
    }
  }
}

/// One of the four alignments: every item belongs to the block of a root, and a block is drawn as one vertical line.
private struct Alignment {
  private var root: [Int]
  private let mirrored: Bool

  init(_ layered: Layered, downward: Bool, mirrored: Bool, conflicts: [Bool]) {
    self.mirrored = mirrored
    root = Array(layered.items.indices)
    for layer in downward ? Array(layered.layers.indices) : layered.layers.indices.reversed() {
      // The place beyond which the next alignment must lie; `frontier` counts from the side we come from.
      var frontier = -1
      let row = layered.layers[layer]
      for item in mirrored ? row.reversed() : row {
        let trunk = layered.trunkLink(of: item, above: downward)
        let links = trunk.map { [$0] } ?? (downward ? layered.linksAbove[item] : layered.linksBelow[item])
        let options = links.map { link -> (link: Int, item: Int, place: Int) in
          let other = downward ? layered.links[link].upper : layered.links[link].lower
          let place = layered.position[other]
          let width = layered.layers[layered.items[other].layer].count
          return (link, other, mirrored ? width - 1 - place : place)
        }.sorted { $0.place < $1.place }
        guard !options.isEmpty else { continue }
        for index in Set([(options.count - 1) / 2, options.count / 2]).sorted() {
          let option = options[index]
          guard !conflicts[option.link], option.place > frontier else { continue }
          guard layered.trunkLink(of: option.item, above: !downward) ?? option.link == option.link else { continue }
          root[item] = root[option.item]
          frontier = option.place
          break
        }
      }
    }
  }

  /// Places the blocks as far to the side as they go, then draws each towards its neighbour on the other side.
  func compacted(_ layered: Layered) -> [Double] {
    var after = [[(block: Int, distance: Double)]](repeating: [], count: root.count)
    var waiting = [Int](repeating: 0, count: root.count)
    for row in layered.layers {
      let row = mirrored ? row.reversed() : row
      for (a, b) in zip(row, row.dropFirst()) {
        let distance = mirrored ? layered.separation(b, a) : layered.separation(a, b)
        after[root[a]].append((root[b], distance))
        waiting[root[b]] += 1
      }
    }
    var ready = root.indices.filter { root[$0] == $0 && waiting[$0] == 0 }
    var place = [Double](repeating: 0, count: root.count)
    var head = 0
    while head < ready.count {
      let block = ready[head]
      head += 1
      for next in after[block] {
        place[next.block] = max(place[next.block], place[block] + next.distance)
        waiting[next.block] -= 1
        if waiting[next.block] == 0 { ready.append(next.block) }
      }
    }
    for block in ready.reversed() {
      guard let nearest = after[block].map({ place[$0.block] - $0.distance }).min() else { continue }
      place[block] = max(place[block], nearest)
    }
    return root.map { mirrored ? -place[$0] : place[$0] }
  }
}
