import Foundation
package import GitStore

/// Has stock git make one pack with deltas out of many without, beside the live store, and takes it over.
///
/// The list of packs is frozen first, so what is written meanwhile is not touched; the work is done in a scratch folder
/// without any lock; only then is the finished pack copied among the objects, durably, and the old ones are retired. A
/// crash at any point leaves the old packs, or both.
package struct Repacking {
  private let store: StateStore

  package init(store: StateStore) { self.store = store }

  /// A pack with deltas is packed again only when what is new has grown to half of it: every byte is packed a few times
  /// in its life, not every night.
  static let share = 2

  /// Packs what is worth it.
  ///
  /// - Parameter least: bytes without deltas below which nothing is done.
  /// - Returns: how many packs became one; 0 when there was too little to do.
  package func run(least: Int = 1 << 20) throws -> Int {
    let packs = store.packs()
    let fresh = packs.filter { !$0.hasDeltas }
    let amount = fresh.reduce(0) { $0 + $1.bytes }
    guard amount >= least else { return 0 }
    let (old, kept) = packs.filter(\.hasDeltas).split { $0.bytes <= Self.share * amount }
    let replaced = (fresh + old).map(\.name)
    let pack = try packed(replaced, without: kept.map(\.name))
    defer { try? FileManager.default.removeItem(atPath: store.scratchFolder) }
    try store.adopt(packAt: pack, replacing: replaced)
    return replaced.count
  }

  /// The path of the new pack, without its ending.
  private func packed(_ names: [String], without kept: [String]) throws -> String {
    let folder = store.scratchFolder
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let list = names.map { "\($0).pack\n" } + kept.map { "^\($0).pack\n" }
    let input = folder + "/list"
    try Data(list.joined().utf8).write(to: URL(fileURLWithPath: input))
    let git = GitTransport(gitFolder: store.gitFolder)
    let name = try git.output(
      ["pack-objects", "--quiet", "--stdin-packs", "--delta-base-offset", "--threads=1", folder + "/pack"], input: input
    )
    return "\(folder)/pack-\(name)"
  }
}

extension [PackSummary] {
  fileprivate func split(_ isFirst: (PackSummary) -> Bool) -> ([PackSummary], [PackSummary]) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}
