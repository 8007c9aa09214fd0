/// A file that the pages need, embedded in this program.
package struct Asset: Sendable {
  package let bytes: [UInt8]
  /// Its media type.
  package let type: String
  /// Changes when the bytes do.
  package let tag: String

  private init(_ bytes: [UInt8], _ type: String) {
    self.bytes = bytes
    self.type = type
    // FNV-1a: tells versions of our own files apart, nothing more.
    let hash = bytes.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    tag = String(hash, radix: 36)
  }

  package static func named(_ name: String) -> Asset? { all[name] }

  package static var names: [String] { all.keys.sorted() }

  private static let all: [String: Asset] = [
    "writ.css": Asset(Stylesheet.page.bytes + PackageResources.pages_css, "text/css; charset=utf-8"),
    "page.js": Asset(PackageResources.page_js, "text/javascript; charset=utf-8"),
    "icon.svg": Asset(PackageResources.icon_svg, "image/svg+xml"),
  ]
}
