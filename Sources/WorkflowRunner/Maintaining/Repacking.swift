import Foundation
package import GitStore
import WorkflowEngine
import WorkflowFiles

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
    let list = folder + "/list"
    try writeList(of: names, after: store.newestCommit(in: Set(kept)), to: list)
    // Without reusing deltas: git takes two whole objects of one pack for tried and unlike, and ours are all whole.
    let name = try GitTransport(gitFolder: store.gitFolder).output(
      ["pack-objects", "--quiet", "--delta-base-offset", "--no-reuse-delta", "--threads=1"]
        + kept.map { "--keep-pack=\($0).pack" } + [folder + "/pack"], input: list)
    return "\(folder)/pack-\(name)"
  }

  /// The objects of these packs, one a line; files with a name by which git finds what they are like.
  ///
  /// - Parameter known: a commit whose history lies in other packs.
  private func writeList(of packs: [String], after known: ObjectID?, to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw CocoaError(.fileWriteUnknown) }
    defer { try? file.close() }
    var next = store.tip
    while let id = next, id != known {
      let commit = try store.commitInfo(id)
      let before = try commit.parents.first.map { try store.snapshot($0) }
      let lines = try store.snapshot(id).changes(since: before).compactMap { change in
        change.new.map { "\($0.id) \(Self.likeness(of: change.path))\n" }
      }
      try file.write(contentsOf: Data(lines.joined().utf8))
      next = commit.parents.first
    }
    for pack in packs { try file.write(contentsOf: Data(store.objects(in: pack).map { "\($0)\n" }.joined().utf8)) }
  }

  /// What the files of many instances share: the workflow and the kind, without a number. Git compares objects that are
  /// neighbours by the end of their names and by size, so what has come equally far stands side by side. Measured with
  /// 100,000 transitions: 466 bytes each by their own paths, 371 by these.
  private static func likeness(of path: String) -> String {
    guard case .instance(let id, let kind, _)? = StatePath(path) else { return path }
    let what =
      switch kind {
      case .head: "head"
      case .part: "part"
      case .approval(let step, _): step
      case .evidence: "evidence"
      case .value: "value"
      }
    return "\(what).\(id.name)"
  }
}

extension [PackSummary] {
  fileprivate func split(_ isFirst: (PackSummary) -> Bool) -> ([PackSummary], [PackSummary]) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}
