/// From rows with places to lines: where edges leave and enter, how high the channels are, which corners the lines have.
struct Routing {
  let layered: Layered
  let faces: [NodeFace]
  /// By item.
  var x: [Double]
  /// By link: where it leaves its upper item, and where it enters its lower item.
  var topX: [Double]
  var bottomX: [Double]
  /// By link: whether it leaves a diamond sideways.
  var leavesSideways: [Bool]
  /// By link: the track of its horizontal piece; `nil` for a straight line.
  var track: [Int?]
  /// By row: upper edge and height; by channel below a row: how many tracks it has.
  var rowY: [Double] = []
  var rowHeight: [Double] = []
  var trackCounts: [Int] = []

  init(_ layered: Layered, faces: [NodeFace], x: [Double]) {
    self.layered = layered
    self.faces = faces
    self.x = x
    topX = layered.links.map { x[$0.upper] }
    bottomX = layered.links.map { x[$0.lower] }
    leavesSideways = [Bool](repeating: false, count: layered.links.count)
    track = [Int?](repeating: nil, count: layered.links.count)
  }

  static let margin = 20.0
  static let trackDistance = 10.0

  mutating func route() {
    choosePorts()
    trackCounts = layered.layers.indices.dropLast().map { assignTracks(below: $0) }
    stackRows()
  }

  /// Where a link meets an item.
  private struct Pin: Hashable {
    let item: Int
    let x: Double
    let isTop: Bool
  }

  /// Groups the bent links of a channel into nets and gives each net its track.
  ///
  /// Links that leave one tip together are one net, and links that enter one tip together; never both, for then nobody
  /// could tell who leads to whom.
  private mutating func assignTracks(below layer: Int) -> Int {
    let bent = layered.layers[layer].flatMap { layered.linksBelow[$0] }.filter { topX[$0] != bottomX[$0] }
    var leaving: [Pin: Int] = [:]
    for link in bent { leaving[topPin(link), default: 0] += 1 }
    var nets: [Channel.Net] = []
    var netOfPin: [Pin: Int] = [:]
    var netOfLink: [Int] = []
    for link in bent {
      let top = topPin(link)
      let pin =
        leaving[top, default: 0] > 1 ? top : Pin(item: layered.links[link].lower, x: bottomX[link], isTop: false)
      let net = netOfPin[pin] ?? nets.count
      if net == nets.count { nets.append(Channel.Net(tops: [], bottoms: [])) }
      netOfPin[pin] = net
      nets[net].tops.append(topX[link])
      nets[net].bottoms.append(bottomX[link])
      netOfLink.append(net)
    }
    let channel = Channel(nets)
    for (link, net) in zip(bent, netOfLink) { track[link] = channel.tracks[net] }
    return channel.trackCount
  }

  private func topPin(_ link: Int) -> Pin {
    Pin(item: layered.links[link].upper, x: topX[link], isTop: true)
  }

  private mutating func stackRows() {
    rowHeight = layered.layers.map { $0.map { layered.items[$0].height }.max() ?? 0 }
    var y = Self.margin
    for layer in layered.layers.indices {
      rowY.append(y)
      y += rowHeight[layer]
      if layer < trackCounts.count { y += channelHeight(below: layer) }
    }
  }

  private func channelHeight(below layer: Int) -> Double {
    let padding = channelPadding(below: layer)
    let tracks = trackCounts[layer]
    if tracks == 0 { return max(padding.top + padding.bottom - 8, 14) }
    return padding.top + Double(tracks - 1) * Self.trackDistance + padding.bottom
  }

  /// Room above the first and below the last track: more where nodes stand, for the arrows.
  private func channelPadding(below layer: Int) -> (top: Double, bottom: Double) {
    (hasNodes(layer) ? 16 : 11, hasNodes(layer + 1) ? 26 : 11)
  }

  private func hasNodes(_ layer: Int) -> Bool {
    layered.layers[layer].contains { layered.items[$0].isNode }
  }

  func trackY(_ track: Int, below layer: Int) -> Double {
    rowY[layer] + rowHeight[layer] + channelPadding(below: layer).top + Double(track) * Self.trackDistance
  }
}
