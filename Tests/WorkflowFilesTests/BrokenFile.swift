import Foundation
import Testing

/// A small broken file beside the picture that people see: `Broken/<folder>/<name>.yaml` and `.expected`.
///
/// `WRIT_RECORD=1 swift test` writes the pictures anew; review the difference.
struct BrokenFile: CustomTestStringConvertible, Sendable {
  let folder: String
  let name: String

  var testDescription: String { name }

  static func all(in folder: String) -> [BrokenFile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map {
      BrokenFile(folder: folder, name: String($0.dropLast(5)))
    }
  }

  func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: url("yaml"))) }

  func expected() throws -> String { String(decoding: try Data(contentsOf: url("expected")), as: UTF8.self) }

  func expect(_ picture: String) throws {
    if ProcessInfo.processInfo.environment["WRIT_RECORD"] != nil {
      try Data(picture.utf8).write(to: url("expected"))
    } else {
      #expect(picture == (try expected()))
    }
  }

  private func url(_ suffix: String) -> URL { Self.root.appending(path: "\(folder)/\(name).\(suffix)") }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Broken")
}
