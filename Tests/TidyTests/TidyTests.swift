import Foundation
import Testing

/// The house's own rules, read off the sources.
@Suite("The house is tidy")
struct TidyTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What each room may import beside the standard library.
  static let imports: [String: Set<String>] = [
    "CEL": [],
    "WorkflowEngine": ["CEL"],
    "WorkflowReports": ["CEL", "WorkflowEngine"],
    "WorkflowFiles": [
      "CEL", "WorkflowEngine", "CLibIcal", "CYAML", "Crypto", "Dispatch", "Foundation", "Synchronization",
    ],
    "GitStore": ["CLibGit2", "CDeflate", "Crypto", "Foundation", "Glibc", "Synchronization"],
    "WorkflowRunner": [
      "CEL", "WorkflowEngine", "WorkflowFiles", "GitStore", "DequeModule", "HashTreeCollections", "HeapModule",
      "Logging", "ServiceLifecycle", "Foundation",
      "Dispatch", "Synchronization", "Glibc",
    ],
  ]

  struct Source {
    var path: String
    var room: String
    var text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  }

  static let sources: [Source] = swiftFiles(under: "Sources").map { url in
    let path = url.path.dropFirst(root.path.count + 1)
    return Source(
      path: String(path), room: String(path.split(separator: "/")[1]),
      text: (try? String(contentsOf: url, encoding: .utf8)) ?? "")
  }

  static func swiftFiles(under folder: String) -> [URL] {
    let files = FileManager.default.enumerator(at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }
  }

  @Test("every room imports only what its row of the architecture allows")
  func importsStopAtTheDoor() {
    #expect(!Self.sources.isEmpty)
    for source in Self.sources {
      guard let allowed = Self.imports[source.room] else { continue }
      for line in source.lines {
        let words = line.split(separator: " ").filter {
          !["package", "internal", "@preconcurrency", "@testable"].contains($0)
        }
        guard words.first == "import", let module = words.last else { continue }
        #expect(allowed.contains(String(module)), "\(source.path) imports \(module)")
      }
    }
  }

  @Test("no file is longer than 400 lines")
  func filesAreShort() {
    for source in Self.sources { #expect(source.lines.count <= 401, "\(source.path) has \(source.lines.count) lines") }
  }

  @Test("no function is longer than 60 lines")
  func functionsAreShort() {
    for source in Self.sources {
      for (name, length) in Self.functions(in: source.lines) {
        #expect(length <= 60, "\(source.path): \(name) has \(length) lines")
      }
    }
  }

  @Test("nothing is called Utils, Common, Helpers or Manager")
  func namesSaySomething() {
    // Rules are called after what they find, and people have managers.
    for source in Self.sources where !source.path.contains("/Checking/Rules/") {
      for word in ["Util", "Common", "Helper", "Manager"] {
        let name = source.path.split(separator: "/").last ?? ""
        #expect(!name.contains(word), "\(source.path)")
      }
    }
  }

  @Test("nothing is left for later")
  func nothingIsLeftForLater() {
    for source in Self.sources {
      for word in ["TODO", "FIXME", "XXX:"] { #expect(!source.text.contains(word), "\(source.path) has a \(word)") }
    }
  }

  @Test("what crosses targets is package, never public")
  func nothingIsPublic() {
    for source in Self.sources {
      for line in source.lines
      where line.contains("public ") && !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
        let isDeclaration = line.trimmingCharacters(in: .whitespaces).hasPrefix("public ")
        #expect(!isDeclaration, "\(source.path): \(line)")
      }
    }
  }

  @Test("only the composition root asks the system what time it is")
  func timeIsAParameter() {
    for source in Self.sources where source.room != "writ" {
      for call in ["Date()", "Date.now", "clock_gettime", "gettimeofday"] {
        #expect(!source.text.contains(call), "\(source.path) calls \(call)")
      }
    }
  }

  /// Functions by their first line, with the number of lines of each, told by indentation (swift-format keeps it true).
  static func functions(in lines: [Substring]) -> [(String, Int)] {
    var found: [(String, Int)] = []
    for (start, line) in lines.enumerated() {
      let indentation = line.prefix { $0 == " " }
      let text = line.dropFirst(indentation.count)
      guard text.contains("func ") || text.hasPrefix("init(") || text.hasPrefix("init?(") || text.contains(" init("),
        !text.hasPrefix("//")
      else {
        continue
      }
      let close = indentation + "}"
      guard !text.hasSuffix("}"),
        let end = lines[start...].firstIndex(where: { $0 == close || $0.hasPrefix(close + " ") })
      else { continue }
      found.append((String(text), end - start + 1))
    }
    return found
  }
}
