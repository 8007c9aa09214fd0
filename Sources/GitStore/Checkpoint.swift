/// What the store knew to be durable at some time: which packs were whole and synced, and the tip.
///
/// Packs that a checkpoint does not list are looked at when the store opens. `closed` says that the store stopped of its
/// own will, so that everything it wrote had been synced.
struct Checkpoint {
  let isClosed: Bool
  let tip: ObjectID?
  let packs: Set<String>

  private static let firstLine = "writ checkpoint 1"

  init(isClosed: Bool, tip: ObjectID?, packs: Set<String>) {
    self.isClosed = isClosed
    self.tip = tip
    self.packs = packs
  }

  /// Parses a checkpoint; nil when `content` is none, which is then as if nothing were known.
  init?(_ content: [UInt8]) {
    let lines = String(decoding: content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines[0] == Self.firstLine, lines.last == "" else { return nil }
    guard lines[1] == "closed" || lines[1] == "open" else { return nil }
    let tip = ObjectID(hex: lines[2])
    guard tip != nil || lines[2] == "none" else { return nil }
    self.init(isClosed: lines[1] == "closed", tip: tip, packs: Set(lines[3..<(lines.count - 1)].map(String.init)))
  }

  var encoded: [UInt8] {
    let head = [Self.firstLine, isClosed ? "closed" : "open", tip?.description ?? "none"]
    return Array(((head + packs.sorted()).joined(separator: "\n") + "\n").utf8)
  }
}
