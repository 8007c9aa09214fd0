import GitStore

/// One line of what git tells a `pre-receive` hook: `<old> <new> <ref>`.
struct PushedRef {
  let name: String
  /// `nil`: the ref is new.
  let old: ObjectID?
  /// `nil`: the ref is removed.
  let new: ObjectID?

  init?(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3, let old = ObjectID(hex: String(words[0])), let new = ObjectID(hex: String(words[1])) else {
      return nil
    }
    let isNone = { (id: ObjectID) in id.description.allSatisfy { $0 == "0" } }
    name = String(words[2])
    self.old = isNone(old) ? nil : old
    self.new = isNone(new) ? nil : new
  }
}
