import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("The checker's rules")
struct RuleTests {
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A repository of one workflow in a company of the folder `Broken/Rules/companies`; the first line of the workflow may name
  /// another company than the usual one: `# company: without-calendar`. A company may have other workflows.
  struct Company: FileTree {
    var texts: [String: [UInt8]]

    init(around workflow: [UInt8], at path: String) throws {
      let head = String(decoding: workflow.prefix(200), as: UTF8.self).prefix { $0 != "\n" }
      let marker = "# company: "
      let name = head.hasPrefix(marker) ? String(head.dropFirst(marker.count)) : "usual"
      let folder = RuleTests.repository.appending(path: "Tests/WorkflowFilesTests/Broken/Rules/companies/\(name)")
      texts = [path: workflow]
      for file in ["people.yaml", "writ.yaml"] {
        texts[file] = [UInt8](try Data(contentsOf: folder.appending(path: file)))
      }
      let others = folder.appending(path: "workflows").path
      for file in (try? FileManager.default.contentsOfDirectory(atPath: others)) ?? [] {
        texts["workflows/\(file)"] = [UInt8](try Data(contentsOf: folder.appending(path: "workflows/\(file)")))
      }
    }

    func files() throws -> [TreeFile] { texts.keys.sorted().map { TreeFile(path: $0, kind: .file) } }
    func read(_ path: String) throws -> [UInt8]? { texts[path] }
  }

  @Test("say what their pictures show", arguments: BrokenFile.all(in: "Rules"))
  func picture(_ file: BrokenFile) throws {
    let path = "workflows/\(file.name).yaml"
    let checked = try RepositoryCheck.check(Company(around: try file.bytes(), at: path))
    try file.expect(FindingFormat.pretty.render(checked.findings))
  }

  /// What could not be decided takes a file that is too big to keep.
  @Test("each have a broken example that is named after them", arguments: Rule.all.filter { $0.code != "W122" })
  func example(_ rule: Rule) throws {
    let examples = BrokenFile.all(in: "Rules").filter { $0.name == rule.code.lowercased() }
    #expect(examples.count == 1, "no Broken/Rules/\(rule.code.lowercased()).yaml")
    #expect(try examples.first?.expected().contains("\(rule.severity.rawValue)[\(rule.code)]") == true)
  }

  @Test("each have a file of their own and a code of their own")
  func oneRulePerFile() throws {
    let folder = Self.repository.appending(path: "Sources/WorkflowEngine/Checking/Rules")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count == Rule.all.count)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.components(separatedBy: "= Rule(").count == 2, "\(file.lastPathComponent)")
    }
    #expect(Set(Rule.all.map(\.code)).count == Rule.all.count)
    #expect(Rule.all.map(\.code) == Rule.all.map(\.code).sorted())
  }

  @Test("are explained in docs/rules.md, which is made from them")
  func handbook() throws {
    let page = Self.repository.appending(path: "docs/rules.md")
    if ProcessInfo.processInfo.environment["WRIT_RECORD"] != nil {
      try Data(Checker.handbook.utf8).write(to: page)
    }
    #expect(
      try String(contentsOf: page, encoding: .utf8) == Checker.handbook, "WRIT_RECORD=1 swift test writes it anew")
    #expect(Checker.explanation(of: "W101")?.contains("Wrong:") == true)
    #expect(Checker.explanation(of: "W000") == nil)
  }

  @Test("have nothing against the sample workflows")
  func samples() throws {
    let checked = try RepositoryCheck.check(FolderTree(Self.repository.path))
    #expect(checked.workflows.count >= 6)
    let codes = Set(Rule.all.map(\.code))
    let complaints = checked.findings.filter { codes.contains($0.code) }
    #expect(complaints.isEmpty, "\(FindingFormat.pretty.render(complaints))")
  }
}

extension Rule: CustomTestStringConvertible {
  package var testDescription: String { code }
}
