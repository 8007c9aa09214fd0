import CEL
import Foundation
import Testing

/// Runs the conformance suite of CEL, which lies outside of the repository: in the folder that `WRIT_CEL_CASES` names, or
/// in `../shared/conformance/cel`. Without it, nothing is checked and the run says so.
@Suite("CEL conformance")
struct ConformanceTests {
  static let folder: URL? = {
    let folder: URL
    if let path = ProcessInfo.processInfo.environment["WRIT_CEL_CASES"] {
      folder = URL(filePath: path)
    } else {
      let root = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../../..").standardized
      folder = root.deletingLastPathComponent().appending(path: "shared/conformance/cel")
    }
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static let files: [String] = {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return [] }
    return names.filter { $0.hasSuffix(".json") }.sorted()
  }()

  /// Cases whose expected bytes are not what their source says: a backslash before '?' was kept when the suite was turned
  /// into JSON.
  static let faulty: Set<String> = [
    "bytes_literals/triple_single_quoted_unescaped_punctuation: b''' ? \" ' ` '''",
    "bytes_literals/triple_double_quoted_unescaped_punctuation: b\"\"\" ? \" ' ` \"\"\"",
  ]

  @Test(
    "the suite's cases hold", .enabled(if: !files.isEmpty, "no cases: set WRIT_CEL_CASES to their folder"),
    arguments: files)
  func cases(file: String) throws {
    let folder = try #require(ConformanceTests.folder)
    let bytes = try Data(contentsOf: folder.appending(path: file))
    let cases = try #require(try Value(json: bytes).listValue).map(ConformanceCase.init)
    var failures: [String] = []
    for one in cases where !ConformanceTests.faulty.contains(one.name) {
      if let failure = one.failure() { failures.append("\(one.name)\n    \(failure)") }
    }
    let skipped = cases.filter { ConformanceTests.faulty.contains($0.name) }.count
    let note = skipped > 0 ? ", \(skipped) faulty left out" : ""
    print("\(file): \(cases.count - skipped - failures.count) of \(cases.count)\(note)")
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }
}
