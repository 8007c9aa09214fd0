/// Where everything stands, in pixels. A function of the graph alone: the same graph gives the same picture everywhere.
package struct GraphLayout: Equatable, Sendable {
  package var width: Double
  package var height: Double
  /// In the order of `Graph.nodes`, without nodes whose id was there before.
  package var nodes: [PlacedNode]
  /// In the order of `Graph.edges`, without edges whose ends do not exist.
  package var edges: [RoutedEdge]

  package struct PlacedNode: Equatable, Sendable {
    /// The place in `Graph.nodes`.
    package var index: Int
    /// The shape itself: card, diamond, dot or ring. No edge crosses it.
    package var box: Box
    /// The shape with its words. No other node's extent overlaps it.
    package var extent: Box
  }

  package struct RoutedEdge: Equatable, Sendable {
    /// The place in `Graph.edges`.
    package var index: Int
    /// The corners of the line from source to target; every piece is horizontal or vertical.
    package var points: [Point]
    /// Room for the label, on the line. Nothing else overlaps it.
    package var label: Box?
    /// Whether the edge closes a cycle and is drawn against the flow.
    package var runsBack: Bool
  }
}
