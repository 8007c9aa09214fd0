/// Who owns which paths of the workflow repository: its file `CODEOWNERS` at the deployed commit.
package struct CodeOwners: Sendable, Hashable {
  /// One line: paths, and who owns them; nobody, where no owner is named.
  package struct Line: Sendable, Hashable {
    package var number: Int
    package var pattern: PathPattern
    /// As the file spells them: `@alice`, `@acme/platform`, `alice@example.com`.
    package var owners: [String]

    package init(number: Int, pattern: PathPattern, owners: [String]) {
      self.number = number
      self.pattern = pattern
      self.owners = owners
    }
  }

  /// The last line that matches wins within a section; sections stand beside each other.
  package struct Section: Sendable, Hashable {
    package var name: String?
    package var lines: [Line] = []

    package init(name: String? = nil) { self.name = name }
  }

  /// Where it lies: `.github/CODEOWNERS`.
  package var file: String
  package var sections: [Section]

  package init(file: String, sections: [Section]) {
    self.file = file
    self.sections = sections
  }

  /// The owner sets of a path, one for each section that knows it, each in order of spelling.
  package func owners(of path: String) -> [[String]] {
    let path = path.split(separator: "/").map { Array($0.utf8) }
    var sets: [[String]] = []
    for section in sections {
      guard let line = section.lines.last(where: { $0.pattern.matches(path) }), !line.owners.isEmpty else { continue }
      let owners = Set(line.owners).sorted()
      if !sets.contains(owners) { sets.append(owners) }
    }
    return sets
  }
}

/// A pattern of `CODEOWNERS`, as in `.gitignore`: `*.yaml`, `/config/`, `docs/*`, `**/payroll`.
package struct PathPattern: Sendable, Hashable {
  /// `nil` stands for `**`: any number of folders.
  private let parts: [[UInt8]?]
  /// Whether what it names may be a folder, with everything in it.
  private let reachesInside: Bool

  package init(_ text: String) {
    let pieces = text.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    let isAnchored = text.dropLast(text.hasSuffix("/") ? 1 : 0).contains("/")
    var parts: [[UInt8]?] = pieces.map { $0 == "**" ? nil : Array($0.utf8) }
    if !isAnchored { parts.insert(nil, at: 0) }
    if text.hasSuffix("/") { parts += [nil, [UInt8(ascii: "*")]] }
    self.parts = parts
    reachesInside = pieces.last != "*" && pieces.last != "**" && !text.hasSuffix("/")
  }

  package func matches(_ path: String) -> Bool { matches(path.split(separator: "/").map { Array($0.utf8) }) }

  /// In steps bounded by parts times folders, whatever the pattern.
  func matches(_ path: [[UInt8]]) -> Bool {
    guard !path.isEmpty else { return false }
    // reached[n]: the parts so far can have taken the first n folders.
    var reached = [Bool](repeating: false, count: path.count + 1)
    reached[0] = true
    for part in parts {
      var next = [Bool](repeating: false, count: path.count + 1)
      for count in reached.indices where reached[count] {
        if let part {
          if count < path.count, Self.fits(part, path[count]) { next[count + 1] = true }
        } else {
          for more in count...path.count { next[more] = true }
        }
      }
      reached = next
    }
    return reached[path.count] || reachesInside && reached.dropFirst().contains(true)
  }

  /// `*` any characters, `?` one, `\` the next one as it is; going back to the last `*` only.
  private static func fits(_ part: [UInt8], _ name: [UInt8]) -> Bool {
    var (p, n) = (0, 0)
    var star: (p: Int, n: Int)?
    while n < name.count {
      if p < part.count, part[p] == UInt8(ascii: "*") {
        star = (p, n)
        p += 1
        continue
      }
      let isQuoted = p + 1 < part.count && part[p] == UInt8(ascii: "\\")
      let wanted = isQuoted ? p + 1 : p
      if wanted < part.count, part[wanted] == name[n] || !isQuoted && part[wanted] == UInt8(ascii: "?") {
        (p, n) = (wanted + 1, n + 1)
      } else if let last = star {
        star = (last.p, last.n + 1)
        (p, n) = (last.p + 1, last.n + 1)
      } else {
        return false
      }
    }
    return part[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

extension Policy {
  /// Whom an owner of `CODEOWNERS` means: an e-mail address, `@login` of a forge, `@handle` of `people.yaml`, or
  /// `@organisation/team`, which is the role with the team's name. Nobody: an empty list.
  package func people(ownedAs owner: String) -> [PersonID] {
    let name = owner.lowercased()
    guard name.hasPrefix("@") else { return person(named: name).map { [$0] } ?? [] }
    let bare = String(name.dropFirst())
    if let slash = bare.lastIndex(of: "/") { return members(of: String(bare[bare.index(after: slash)...])) }
    let byLogin = people.people.values.filter { person in
      !person.isRevoked && person.logins.contains { $0.hasSuffix(":" + bare) }
    }
    if !byLogin.isEmpty { return byLogin.map(\.id).sorted() }
    return isActive(bare) ? [bare] : members(of: bare)
  }
}
