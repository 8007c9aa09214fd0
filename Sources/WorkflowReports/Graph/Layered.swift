/// The graph as rows of items, top to bottom, in which every link joins neighbouring rows.
///
/// Beside the nodes there are items for what also needs room: a bend where an edge passes a row, a label, and the turn that an
/// edge running back makes below its source and above its target. Rows of nodes alternate with rows of labels and turns; a
/// row that would be empty is left out. Because labels and passing edges own their room, nothing can be drawn over them.
struct Layered {
  enum Role: Equatable {
    case node(Int)
    case bend, label, turn
  }

  struct Item {
    let role: Role
    let layer: Int
    /// The edge that passes here; for a node, none.
    let edge: Int?
    /// Reach to either side of the item's line, and its height.
    var left = 0.0
    var right = 0.0
    var height = 0.0

    var isNode: Bool { edge == nil }
  }

  /// A piece of an edge between two neighbouring rows.
  struct Link {
    let upper: Int
    let lower: Int
  }

  var items: [Item] = []
  var links: [Link] = []
  /// By item: the links to the row above and to the row below.
  var linksAbove: [[Int]] = []
  var linksBelow: [[Int]] = []
  private var itemsAbove: [[Int]] = []
  private var itemsBelow: [[Int]] = []
  /// By edge: its items and the links between them, from source to target.
  var chains: [[Int]] = []
  var chainLinks: [[Int]] = []
  /// By row: its items from left to right; `position` is the inverse.
  var layers: [[Int]] = []
  var position: [Int] = []

  mutating func add(_ item: Item) -> Int {
    items.append(item)
    linksAbove.append([])
    linksBelow.append([])
    itemsAbove.append([])
    itemsBelow.append([])
    position.append(0)
    return items.count - 1
  }

  /// Joins two items of neighbouring rows, whichever is the upper one. What edges share, a turn or a bend, is joined once.
  mutating func link(_ a: Int, _ b: Int) -> Int {
    let isDown = items[a].layer < items[b].layer
    let link = Link(upper: isDown ? a : b, lower: isDown ? b : a)
    if items[link.upper].role == .turn || items[link.upper].role == .bend,
      let known = linksBelow[link.upper].first(where: { links[$0].lower == link.lower })
    {
      return known
    }
    links.append(link)
    linksBelow[link.upper].append(links.count - 1)
    linksAbove[link.lower].append(links.count - 1)
    itemsBelow[link.upper].append(link.lower)
    itemsAbove[link.lower].append(link.upper)
    return links.count - 1
  }

  mutating func numberPositions(in layer: Int) {
    for (index, item) in layers[layer].enumerated() { position[item] = index }
  }

  /// The items of the row above or below that an item is linked to.
  func neighbours(of item: Int, above: Bool) -> [Int] {
    above ? itemsAbove[item] : itemsBelow[item]
  }

  /// Where edges meet in one line, the link by which that line goes on; `nil` where nothing meets.
  func trunkLink(of item: Int, above: Bool) -> Int? {
    let links = above ? linksAbove[item] : linksBelow[item]
    guard items[item].role == .bend, links.count > 1 else { return nil }
    return links.first { items[above ? self.links[$0].upper : self.links[$0].lower].role == .bend }
  }

  /// The room that must stay free between two items beside each other.
  func gap(_ a: Int, _ b: Int) -> Double {
    switch (items[a].role, items[b].role) {
    case (.node, .node): 36
    case (.node, _), (_, .node): 22
    case (.bend, .bend): 18
    default: 16
    }
  }

  /// The least distance between the lines of `a` and of `b` to its right.
  func separation(_ a: Int, _ b: Int) -> Double {
    items[a].right + gap(a, b) + items[b].left
  }
}
