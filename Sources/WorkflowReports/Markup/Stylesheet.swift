/// The style sheets of this program, as it serves and embeds them.
package struct Stylesheet: Sendable {
  package let bytes: [UInt8]

  /// For pages: tokens, the design system, graphs.
  package static let page = Stylesheet(
    bytes: PackageResources.tokens_css + PackageResources.writ_css + PackageResources.graph_css)

  /// For a graph that stands alone in its own file: tokens and graphs.
  package static let graph = Stylesheet(bytes: PackageResources.tokens_css + PackageResources.graph_css)
}
