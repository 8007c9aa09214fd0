/// Finds the name that somebody probably meant.
package enum Spelling {
  /// The candidate with the fewest edits from `name`, when they are few for its length; the first of equals.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let written = Array(name.lowercased().utf8.prefix(64))
    let limit = max(1, written.count / 3)
    var best: (name: String, edits: Int)?
    for candidate in plausible(name, among: candidates, tolerance: limit) {
      let edits = distance(written, Array(candidate.lowercased().utf8.prefix(64)))
      if edits <= limit, edits < (best?.edits ?? .max) { best = (candidate, edits) }
    }
    return best?.name
  }

  /// So many candidates are looked at closely: who misspells a thousand names among ten thousand gets hints that are worse,
  /// and gets them soon.
  private static let most = 256

  /// The first candidates of about the same length; those that begin alike, where there are more than can be looked at.
  package static func plausible(
    _ name: String, among candidates: some Sequence<String>, tolerance: Int
  ) -> ArraySlice<String> {
    let length = name.utf8.count
    let near = candidates.filter { abs($0.utf8.count - length) <= tolerance }
    guard near.count > most else { return near[...] }
    return near.filter { $0.utf8.first == name.utf8.first }.prefix(most)
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  package static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    guard !one.isEmpty, !other.isEmpty else { return max(one.count, other.count) }
    var before: [Int] = []
    var previous = Array(0...other.count)
    for row in 1...one.count {
      var current = [row]
      for column in 1...other.count {
        let cost = one[row - 1] == other[column - 1] ? 0 : 1
        var edits = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
        if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
          edits = min(edits, before[column - 2] + 1)
        }
        current.append(edits)
      }
      (before, previous) = (previous, current)
    }
    return previous[other.count]
  }
}
