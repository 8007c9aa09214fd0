/// The style sheets of this program, as it serves and embeds them.
package struct Stylesheet: Sendable {
  package let bytes: [UInt8]

  /// What every page begins with: tokens and graphs. The pages' own rules follow it.
  package static let page = graph

  /// For a graph that stands alone in its own file: tokens and graphs.
  package static let graph = Stylesheet(bytes: PackageResources.tokens_css + PackageResources.graph_css)
}
