import CEL
package import WorkflowEngine

/// Reads `CODEOWNERS` as GitHub and GitLab write it.
package enum CodeOwnersReader {
  /// Where it may lie, the first one found counts.
  package static let places = ["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"]

  package static func first(
    _ read: (String) throws -> [UInt8]?
  ) rethrows -> (owners: CodeOwners, findings: [Finding])? {
    for place in places {
      if let bytes = try read(place) { return Self.read(bytes, file: place) }
    }
    return nil
  }

  package static func read(_ bytes: [UInt8], file: String) -> (owners: CodeOwners, findings: [Finding]) {
    let source = SourceText(bytes, file: file)
    var reading = Lines()
    for number in 1...max(1, source.lineCount) { reading.take(source.text(source.line(number)), number: number) }
    let findings = reading.complaints.map { words, line in
      Finding(ReadingRule.codeOwners.rawValue, .error, words, at: source.place(source.line(line)))
    }
    return (CodeOwners(file: file, sections: reading.sections.filter { !$0.lines.isEmpty }), findings)
  }

  private struct Lines {
    var sections = [CodeOwners.Section()]
    var complaints: [(words: String, line: Int)] = []
    /// Owners of the lines of the section that name none.
    private var defaults: [String] = []
    /// An optional section of GitLab's asks nobody.
    private var isOptional = false

    init() {}

    mutating func complain(_ words: String, _ line: Int) { complaints.append((words, line)) }

    mutating func take(_ text: String, number: Int) {
      var words = Self.words(of: text)
      guard let first = words.first else { return }
      if first.hasPrefix("[") || first.hasPrefix("^[") { return begin(text, number) }
      words.removeFirst()
      if first.hasPrefix("!") {
        return complain("a pattern that begins with '!' is not read; write who owns the path instead", number)
      }
      if let odd = words.first(where: { !$0.contains("@") || $0.hasPrefix("@@") }) {
        return complain("'\(odd)' is no owner: write an e-mail address, @login or @organisation/team", number)
      }
      guard !isOptional else { return }
      let owners = words.isEmpty ? defaults : words
      sections[sections.count - 1].lines.append(
        CodeOwners.Line(number: number, pattern: PathPattern(first), owners: owners))
    }

    /// `[Finance]`, `^[Docs]`, `[Finance][2] @acme/finance`; how many must approve says the workflow.
    private mutating func begin(_ text: String, _ number: Int) {
      guard let open = text.firstIndex(of: "["), let close = text.firstIndex(of: "]") else {
        return complain("a section is written [Name]", number)
      }
      var rest = text[text.index(after: close)...]
      if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") { rest = rest[rest.index(after: end)...] }
      isOptional = text.hasPrefix("^")
      defaults = Self.words(of: String(rest))
      let name = text[text.index(after: open)..<close].lowercased()
      if let index = sections.firstIndex(where: { $0.name == name }) {
        sections.append(sections.remove(at: index))
      } else {
        sections.append(CodeOwners.Section(name: name))
      }
    }

    /// Words between white space, up to a `#`; `\ ` is a space within a pattern.
    private static func words(of text: String) -> [String] {
      var words: [String] = []
      var word = ""
      var isEscaped = false
      for character in text {
        if isEscaped {
          word += character == " " || character == "#" ? String(character) : "\\\(character)"
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == " " || character == "\t" {
          if !word.isEmpty { words.append(word) }
          word = ""
        } else if character == "#", word.isEmpty {
          return words
        } else {
          word.append(character)
        }
      }
      return word.isEmpty ? words : words + [word]
    }
  }
}

extension CheckedRepository {
  /// Takes the file in, where there is one; owners whom nobody can be are told where a workflow asks owners.
  mutating func takeOwners() {
    let files = files
    guard let (owners, found) = CodeOwnersReader.first({ files[$0] }) else { return }
    people.owners = owners
    guard workflows.values.contains(where: \.asksOwners) else { return }
    findings += found
    let policy = Policy(people: people, settings: settings, zones: { _ in nil })
    let source = SourceText(files[owners.file] ?? [], file: owners.file)
    for line in owners.sections.flatMap(\.lines).sorted(by: { $0.number < $1.number }) {
      for owner in line.owners where policy.people(ownedAs: owner).isEmpty {
        findings.append(
          Finding(
            ReadingRule.codeOwners.rawValue, .warning, "'\(owner)' is nobody in people.yaml",
            at: source.place(source.line(line.number)),
            hint: owner.hasPrefix("@")
              ? "add the login to a person's 'logins', or a role with the team's name" : "add the address to a person"))
      }
    }
  }
}
