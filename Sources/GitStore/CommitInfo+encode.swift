/// What a new commit says.
struct CommitDraft {
  let tree: ObjectID
  let parents: [ObjectID]
  let author: Signature
  let committer: Signature
  let message: String

  /// Git's text of the commit. A signature made by `sign` over the unsigned text becomes its `gpgsig` header.
  func encoded(sign: CommitSigner?) throws(StoreError) -> [UInt8] {
    let unsigned = try encoded(gpgsig: nil)
    guard let sign else { return unsigned }
    return try encoded(gpgsig: sign(unsigned))
  }

  private func encoded(gpgsig: String?) throws(StoreError) -> [UInt8] {
    guard !message.utf8.contains(0) else { throw .refused("a commit message has no NUL byte") }
    var text = "tree \(tree)\n"
    for parent in parents { text += "parent \(parent)\n" }
    text += "author \(try author.gitText())\ncommitter \(try committer.gitText())\n"
    if let gpgsig { text += "gpgsig \(Self.folded(gpgsig))\n" }
    text += "\n" + message
    if message.utf8.last != UInt8(ascii: "\n") { text += "\n" }
    return Array(text.utf8)
  }

  /// A header's value over several lines: each but the first begins with a space.
  private static func folded(_ value: String) -> String {
    var lines = value.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n ")
  }
}

/// Signs a commit's text; returns an armoured signature (OpenPGP or SSH).
package typealias CommitSigner = @Sendable (_ commit: [UInt8]) -> String

extension Signature {
  /// `Name <email> seconds +hhmm`; refuses what would break out of the line.
  func gitText() throws(StoreError) -> String {
    let forbidden: Set<UInt8> = [0, UInt8(ascii: "\n"), UInt8(ascii: "<"), UInt8(ascii: ">")]
    guard !name.isEmpty, !email.isEmpty, !(name + email).utf8.contains(where: forbidden.contains) else {
      throw .refused("'\(name)' with address '\(email)' cannot sign a commit")
    }
    guard time >= 0, -1439...1439 ~= offset else { throw .refused("\(time) \(offset) is no commit time") }
    let minutes = abs(offset)
    let zone = minutes / 60 * 100 + minutes % 60
    let digits = String(zone)
    return
      "\(name) <\(email)> \(time) \(offset < 0 ? "-" : "+")\(String(repeating: "0", count: 4 - digits.count))\(digits)"
  }
}
