extension CommitInfo {
  /// Parses git's text of a commit; nil when it has not the shape of one.
  init?(id: ObjectID, raw: [UInt8]) {
    guard let blank = Self.endOfHeaders(raw) else { return nil }
    var tree: ObjectID?
    var parents: [ObjectID] = []
    var author: Signature?
    var committer: Signature?
    for line in raw[..<blank].split(separator: UInt8(ascii: "\n")) {
      guard let space = line.firstIndex(of: UInt8(ascii: " ")), space != line.startIndex else { continue }
      let value = String(decoding: line[(space + 1)...], as: UTF8.self)
      switch String(decoding: line[..<space], as: UTF8.self) {
      case "tree" where tree == nil: tree = ObjectID(hex: value)
      case "parent":
        guard let parent = ObjectID(hex: value) else { return nil }
        parents.append(parent)
      case "author" where author == nil: author = Signature(gitText: value)
      case "committer" where committer == nil: committer = Signature(gitText: value)
      default: continue
      }
    }
    guard let tree, let author, let committer else { return nil }
    let message = String(decoding: raw[min(blank + 2, raw.count)...], as: UTF8.self)
    self.init(
      id: id, tree: tree, parents: parents, author: author, committer: committer, message: message, raw: raw)
  }

  /// Where the empty line after the headers begins.
  private static func endOfHeaders(_ raw: [UInt8]) -> Int? {
    let newline = UInt8(ascii: "\n")
    return raw.indices.dropLast().first { raw[$0] == newline && raw[$0 + 1] == newline }
      ?? (raw.last == newline ? raw.count - 1 : nil)
  }
}

extension Signature {
  /// Parses `Name <email> seconds +hhmm`.
  init?(gitText: String) {
    let text = Array(gitText.utf8)
    guard let open = text.firstIndex(of: UInt8(ascii: "<")), let close = text.lastIndex(of: UInt8(ascii: ">")),
      open < close
    else { return nil }
    let rest = String(decoding: text[(close + 1)...], as: UTF8.self).split(separator: " ")
    guard rest.count == 2, let time = Int64(rest[0]), let zone = Int(rest[1]) else { return nil }
    var name = text[..<open]
    while name.last == UInt8(ascii: " ") { name.removeLast() }
    self.init(
      name: String(decoding: name, as: UTF8.self), email: String(decoding: text[(open + 1)..<close], as: UTF8.self),
      time: time, offset: zone / 100 * 60 + zone % 100)
  }
}
