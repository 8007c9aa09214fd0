/// The horizontal lines between two rows, each on a track of its own where they would touch.
struct Channel {
  /// Lines that share an end are drawn as one: a bus with several tops or several bottoms.
  struct Net {
    var tops: [Double]
    var bottoms: [Double]

    var low: Double { min(tops.min() ?? 0, bottoms.min() ?? 0) }
    var high: Double { max(tops.max() ?? 0, bottoms.max() ?? 0) }
  }

  /// By net: its track, 0 for the uppermost.
  let tracks: [Int]

  var trackCount: Int { (tracks.max() ?? -1) + 1 }

  init(_ nets: [Net]) {
    let order = nets.count <= Self.carefulLimit ? Self.orderWithFewestCrossings(nets) : Self.orderBySweep(nets)
    var tracks = [Int](repeating: 0, count: nets.count)
    var placed: [Int] = []
    for net in order {
      for other in placed where Self.touch(nets[net], nets[other]) {
        tracks[net] = max(tracks[net], tracks[other] + 1)
      }
      placed.append(net)
    }
    self.tracks = tracks
  }

  private static let carefulLimit = 160

  private static func touch(_ a: Net, _ b: Net) -> Bool {
    a.low - 10 < b.high && b.low - 10 < a.high
  }

  /// What it costs to draw `upper` above `lower`: a crossing each time a vertical piece meets the other's line, and far more
  /// where two vertical pieces would lie on each other.
  private static func cost(_ upper: Net, above lower: Net) -> Int {
    var cost = 0
    for x in upper.bottoms where lower.low < x && x < lower.high { cost += 1 }
    for x in lower.tops where upper.low < x && x < upper.high { cost += 1 }
    for bottom in upper.bottoms {
      for top in lower.tops where abs(bottom - top) < 7 { cost += 100 }
    }
    return cost
  }

  /// Takes net after net, always the one that loses least by standing above all that remain.
  private static func orderWithFewestCrossings(_ nets: [Net]) -> [Int] {
    var regret = [Int](repeating: 0, count: nets.count)
    var pull = [[Int]](repeating: [Int](repeating: 0, count: nets.count), count: nets.count)
    for a in nets.indices {
      for b in nets.indices where b > a && touch(nets[a], nets[b]) {
        let difference = cost(nets[a], above: nets[b]) - cost(nets[b], above: nets[a])
        (pull[a][b], pull[b][a]) = (max(0, difference), max(0, -difference))
        regret[a] += pull[a][b]
        regret[b] += pull[b][a]
      }
    }
    var remaining = orderBySweep(nets)
    var order: [Int] = []
    while !remaining.isEmpty {
      var least = 0
      for index in remaining.indices where regret[remaining[index]] < regret[remaining[least]] { least = index }
      let net = remaining.remove(at: least)
      for other in remaining { regret[other] -= pull[other][net] }
      order.append(net)
    }
    return order
  }

  /// A good order at no cost: lines to the right from the rightmost, then lines to the left from the leftmost.
  private static func orderBySweep(_ nets: [Net]) -> [Int] {
    let goesRight = nets.map { ($0.tops.first ?? 0) < ($0.bottoms.first ?? 0) }
    return nets.indices.sorted { a, b in
      if goesRight[a] != goesRight[b] { return goesRight[a] }
      let (x, y) = (nets[a].tops.first ?? 0, nets[b].tops.first ?? 0)
      if x != y { return goesRight[a] ? x > y : x < y }
      return a < b
    }
  }
}
