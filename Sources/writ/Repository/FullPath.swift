import Foundation

/// Where a link leads.
enum FullPath {
  static func of(_ link: String) throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: link)
  }
}
