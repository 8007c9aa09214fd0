import WorkflowEngine

/// What a path of a workflow repository means to Writ; `nil` where it means nothing.
package enum RepositoryPath: Sendable, Hashable {
  case settings
  case people
  /// By the path below `workflows/` without extension.
  case workflow(String)
  /// Days that are not worked: `calendars/germany.ics`.
  case holidays
  /// Who owns which paths: `CODEOWNERS`, at the root or where a forge looks for it.
  case codeOwners
  /// Words beside a definition, of one language: `workflows/finance/expense-approval.de.messages.yaml`.
  case messages(workflow: String, language: String)
  /// Tests and hand-placed positions beside a definition.
  case beside

  package init?(_ path: String) {
    switch path {
    case "writ.yaml": self = .settings
    case "people.yaml": self = .people
    case let path where CodeOwnersReader.places.contains(path): self = .codeOwners
    case let path where path.hasPrefix("calendars/") && path.hasSuffix(".ics"): self = .holidays
    default:
      guard path.hasPrefix("workflows/") else { return nil }
      let name = path.dropFirst("workflows/".count)
      if name.hasSuffix(".test.yaml") || name.hasSuffix(".layout.yaml") {
        self = .beside
      } else if name.hasSuffix(Self.messages) {
        let parts = name.dropLast(Self.messages.count).split(separator: ".", omittingEmptySubsequences: false)
        self = .messages(workflow: parts.dropLast().joined(separator: "."), language: String(parts.last ?? ""))
      } else if name.hasSuffix(".yaml") {
        self = .workflow(String(name.dropLast(".yaml".count)))
      } else {
        return nil
      }
    }
  }

  private static let messages = ".messages.yaml"

  /// Only plain files with plain names are read: no links, no submodules, nothing that a file system could confuse.
  func problem(with file: TreeFile) -> Finding? {
    let place = Finding.Place(file: file.path)
    switch file.kind {
    case .file: break
    case .executable:
      return Finding(
        "W097", .error, "the file is executable", at: place, hint: "git update-index --chmod=-x \(file.path)")
    case .link: return Finding("W097", .error, "a symbolic link is not read", at: place, hint: "commit the file itself")
    case .submodule:
      return Finding("W097", .error, "a submodule is not read", at: place, hint: "commit the files themselves")
    }
    if case .workflow(let name) = self, !WorkflowReader.isName(name) {
      return Finding(
        "W096", .error, "'\(name)' is no name of a workflow", at: place,
        hint: "use lower-case letters, digits and '-' in each part, such as workflows/finance/expense-approval.yaml")
    }
    if case .messages(_, let language) = self, !Reading.isLanguage(language) {
      return Finding(
        ReadingRule.messages.rawValue, .error, "'\(language)' is no language", at: place,
        hint: "name it before the ending: expense-approval.de.messages.yaml")
    }
    return nil
  }
}
