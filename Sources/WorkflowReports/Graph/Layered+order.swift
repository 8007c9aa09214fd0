extension Layered {
  /// Reduces crossings: sweeps down and up, sorting each row by the medians of its neighbours, then swapping neighbours.
  ///
  /// Ties keep the order there was, so a graph without crossings stays as its author wrote it.
  mutating func reduceCrossings() {
    var best = layers
    var fewest = crossings()
    var unhelpful = 0
    var sweep = 0
    let patience = links.count > 20_000 ? 2 : 4
    while fewest > 0, sweep < 24, unhelpful < patience {
      sortByMedians(downward: sweep % 2 == 0)
      swapNeighbours()
      let now = crossings()
      if now < fewest {
        (fewest, best, unhelpful) = (now, layers, 0)
      } else {
        unhelpful += 1
      }
      sweep += 1
    }
    layers = best
    for layer in layers.indices { numberPositions(in: layer) }
  }

  /// The number of pairs of links that cross.
  func crossings() -> Int {
    layers.indices.dropLast().reduce(0) { $0 + crossings(below: $1) }
  }

  /// Counts inversions with a binary indexed tree.
  private func crossings(below layer: Int) -> Int {
    let width = layers[layer + 1].count
    var tree = [Int](repeating: 0, count: width + 1)
    var (met, total) = (0, 0)
    for item in layers[layer] {
      let places = neighbours(of: item, above: false).map { position[$0] }
      for place in places {
        var index = place + 1
        var notRight = 0
        while index > 0 {
          notRight += tree[index]
          index -= index & -index
        }
        total += met - notRight
      }
      for place in places {
        var index = place + 1
        while index <= width {
          tree[index] += 1
          index += index & -index
        }
      }
      met += places.count
    }
    return total
  }

  private mutating func sortByMedians(downward: Bool) {
    let order = downward ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed()
    for layer in order {
      var slots: [Int] = []
      var movable: [(median: Double, place: Int, item: Int)] = []
      for (place, item) in layers[layer].enumerated() {
        guard let median = median(of: item, above: downward) else { continue }
        slots.append(place)
        movable.append((median, place, item))
      }
      movable.sort { ($0.median, $0.place) < ($1.median, $1.place) }
      for (slot, entry) in zip(slots, movable) { layers[layer][slot] = entry.item }
      numberPositions(in: layer)
    }
  }

  /// The median place of an item's neighbours; between two, weighted towards the denser side (Gansner et al., 1993).
  private func median(of item: Int, above: Bool) -> Double? {
    let neighbours = neighbours(of: item, above: above)
    guard neighbours.count > 1 else { return neighbours.first.map { Double(position[$0]) } }
    let places = neighbours.map { position[$0] }.sorted()
    let middle = places.count / 2
    if places.count % 2 == 1 { return Double(places[middle]) }
    if places.count == 2 { return Double(places[0] + places[1]) / 2 }
    let left = Double(places[middle - 1] - places[0])
    let right = Double(places[places.count - 1] - places[middle])
    if left + right == 0 { return Double(places[middle - 1] + places[middle]) / 2 }
    return (Double(places[middle - 1]) * right + Double(places[middle]) * left) / (left + right)
  }

  /// Swaps two items beside each other wherever that takes crossings away.
  private mutating func swapNeighbours() {
    for _ in 0..<4 {
      var improved = false
      for layer in layers.indices {
        for place in layers[layer].indices.dropLast() {
          let (a, b) = (layers[layer][place], layers[layer][place + 1])
          if gainOfSwapping(a, b) > 0 {
            layers[layer].swapAt(place, place + 1)
            (position[a], position[b]) = (place + 1, place)
            improved = true
          }
        }
      }
      if !improved { return }
    }
  }

  private func gainOfSwapping(_ a: Int, _ b: Int) -> Int {
    var gain = 0
    for above in [true, false] {
      let (left, right) = (neighbours(of: a, above: above), neighbours(of: b, above: above))
      // Nodes with very many edges are left to the medians: this is quadratic.
      guard !left.isEmpty, !right.isEmpty, left.count * right.count <= 1024 else { continue }
      for x in left {
        for y in right { gain += (position[x] - position[y]).signum() }
      }
    }
    return gain
  }
}
