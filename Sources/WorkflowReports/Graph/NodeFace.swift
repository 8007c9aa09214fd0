/// What a node looks like before it has a place: its shape, its size and its words, already broken into lines.
struct NodeFace: Sendable {
  enum Shape: Sendable {
    /// A form field: caption above, value below.
    case card
    case diamond, dot, ring
  }

  let shape: Shape
  let title: Lettering
  let caption: Lettering
  let badges: [Badge]
  /// Where a card's title begins, below its caption.
  let titleTop: Double
  /// How far the node reaches to either side of the line its edges aim at.
  let left: Double
  let right: Double
  let height: Double

  struct Badge: Sendable {
    let text: String
    /// Relative to the upper left corner of the card.
    let box: Box
  }

  init(_ node: Graph.Node) {
    switch node.kind {
    case .start: self.init(beside: node, shape: .dot, radius: Self.dotRadius)
    case .gateway, .join: self.init(beside: node, shape: .diamond, radius: Self.diamondRadius)
    case .end: self.init(ring: node)
    case .task, .approval, .service, .wait, .notification, .call, .table, .state: self.init(card: node)
    }
  }

  static let cardWidth = 208.0
  static let cardPadding = 14.0
  static let dotRadius = 11.0
  static let diamondRadius = 24.0
  static let ringRadius = 17.0
  static let titleSize = 14.0
  static let titleLine = 18.0
  static let captionSize = 11.0
  static let badgeSize = 11.0
  static let badgeHeight = 18.0
  /// The line at the foot of an approval on which somebody signs.
  static let signatureHeight = 14.0
  static let smallSize = 12.5
  static let smallLine = 15.0
}

extension NodeFace {
  private init(card node: Graph.Node) {
    let inner = Self.cardWidth - 2 * Self.cardPadding
    shape = .card
    title = Lettering(
      node.title.isEmpty ? node.id : node.title, in: .bold, size: Self.titleSize, width: inner, lines: 2)
    caption = Lettering(
      node.subtitle.isEmpty ? node.kind.word : node.subtitle, in: .regular, size: Self.captionSize * 1.06,
      width: inner - 44, lines: 1)
    titleTop = node.kind == .table || node.kind == .state ? 34 : 29
    let top = titleTop + 7 + Self.titleLine * Double(title.lines.count)
    badges = Self.badges(node.badges, from: top, width: inner)
    left = Self.cardWidth / 2
    right = Self.cardWidth / 2
    let signature = node.kind == .approval ? Self.signatureHeight : 0
    height = (badges.last.map(\.box.maxY) ?? top - 4) + 12 + signature
  }

  /// A small shape with its words to the right, above the line of edges that leave sideways.
  private init(beside node: Graph.Node, shape: Shape, radius: Double) {
    self.shape = shape
    title = Lettering(node.title, in: .bold, size: Self.smallSize, width: 132, lines: 2)
    caption = Lettering("", in: .regular, size: Self.captionSize, width: 0, lines: 0)
    badges = []
    titleTop = 0
    left = radius
    right = title.lines.isEmpty ? radius : radius + 4 + title.width
    height = max(2 * radius, title.lines.count > 1 ? 2 * (2 * Self.smallLine + 6) : 0)
  }

  /// A ring with its words below.
  private init(ring node: Graph.Node) {
    shape = .ring
    title = Lettering(
      node.title.isEmpty ? node.id : node.title, in: .bold, size: Self.smallSize, width: 132, lines: 2)
    caption = Lettering("", in: .regular, size: Self.captionSize, width: 0, lines: 0)
    badges = []
    titleTop = 0
    left = max(Self.ringRadius, title.width / 2)
    right = left
    height = 2 * Self.ringRadius + 5 + Self.smallLine * Double(title.lines.count)
  }

  private static func badges(_ texts: [String], from top: Double, width: Double) -> [Badge] {
    var badges: [Badge] = []
    var x = cardPadding
    var y = top
    for text in texts.prefix(6) {
      let lettering = Lettering(text, in: .bold, size: badgeSize, width: width - 14, lines: 1)
      guard let line = lettering.lines.first else { continue }
      if x > cardPadding, x + lettering.width + 14 > cardPadding + width {
        x = cardPadding
        y += badgeHeight + 5
      }
      badges.append(Badge(text: line, box: Box(x: x, y: y, width: lettering.width + 14, height: badgeHeight)))
      x += lettering.width + 14 + 6
    }
    return badges
  }
}

extension Graph.Kind {
  /// The kind in a word or two, for captions and for people who listen.
  package var word: String {
    switch self {
    case .start: "Start"
    case .task: "Task"
    case .approval: "Approval"
    case .service: "Service"
    case .gateway(.exclusive): "Exclusive gateway"
    case .gateway(.inclusive): "Inclusive gateway"
    case .gateway(.parallel): "Parallel gateway"
    case .join: "Join"
    case .wait: "Wait"
    case .notification: "Notification"
    case .call: "Call"
    case .table: "Decision table"
    case .end: "End"
    case .state: "State"
    }
  }
}
