/// Who wrote a commit, and when.
package struct Signature: Hashable, Sendable {
  package let name: String
  package let email: String
  /// Seconds since 1970.
  package let time: Int64
  /// Minutes east of Greenwich, from -1439 to 1439.
  package let offset: Int

  package init(name: String, email: String, time: Int64, offset: Int = 0) {
    self.name = name
    self.email = email
    self.time = time
    self.offset = offset
  }
}

/// A commit, taken apart.
package struct CommitInfo: Hashable, Sendable {
  package let id: ObjectID
  package let tree: ObjectID
  package let parents: [ObjectID]
  package let author: Signature
  package let committer: Signature
  package let message: String
  /// The commit as git stores it: what a signature signs, and evidence.
  package let raw: [UInt8]

  package var isMerge: Bool { parents.count > 1 }

  /// The first line of the message.
  package var subject: String { String(message.prefix { !$0.isNewline }) }

  /// The `Key: value` lines of the message's last paragraph, in order; empty when a line of it has another shape.
  package var trailers: [(key: String, value: String)] {
    let paragraphs = message.split(separator: "\n\n", omittingEmptySubsequences: true)
    guard paragraphs.count > 1, let last = paragraphs.last else { return [] }
    var trailers: [(key: String, value: String)] = []
    for line in last.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":"), !line[..<colon].contains(" ") else { return [] }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      trailers.append((String(line[..<colon]), String(value)))
    }
    return trailers
  }
}
