import WorkflowEngine

/// "Did you mean": the known word that is the fewest slips of the keyboard away.
package enum Nearest {
  /// A longer word is not compared: nobody mistypes it, and the cost is quadratic.
  private static let longest = 64

  /// The nearest known word, if it is near enough to be meant; the first of equals.
  package static func word(to typed: String, among known: some Sequence<String>) -> String? {
    guard typed.utf8.count <= longest else { return nil }
    let wanted = folded(typed)
    var best: (word: String, distance: Int)?
    for word in Spelling.plausible(typed, among: known, tolerance: 3) where word != typed {
      let distance = Spelling.distance(wanted, folded(word))
      if distance <= tolerance(max(wanted.count, word.count)), distance < best?.distance ?? .max {
        best = (word, distance)
      }
    }
    return best?.word
  }

  /// `did you mean 'x'?`, ready to be a hint.
  package static func hint(for typed: String, among known: some Sequence<String>) -> String? {
    word(to: typed, among: known).map { "did you mean '\($0)'?" }
  }

  /// One slip in three letters, at most three.
  private static func tolerance(_ length: Int) -> Int { min(3, max(1, length / 3)) }

  /// Case and the choice between `-` and `_` are no slips.
  private static func folded(_ word: String) -> [UInt8] {
    word.lowercased().utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
  }
}
