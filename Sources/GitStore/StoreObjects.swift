import Synchronization

/// The objects of a record, for any thread: straight from its packs, and through libgit2 where somebody put them elsewhere.
/// Contents are checked against their names.
final class StoreObjects: ObjectSource {
  private let layout: StoreLayout
  private let packs: Mutex<[PackFile]>
  private let others: ObjectReaders

  init(_ layout: StoreLayout) throws(StoreError) {
    self.layout = layout
    others = try ObjectReaders(objects: layout.objects)
    packs = Mutex(layout.packNames().sorted().compactMap { PackFile($0, layout) })
  }

  func content(of id: ObjectID, _ kind: ObjectKind) throws(StoreError) -> [UInt8]? {
    for (place, pack) in all.enumerated() {
      guard let offset = pack.find(id) else { continue }
      if place > 8 { prefer(pack) }
      let found = pack.content(at: offset)
      if let found, found.kind != kind, ObjectID.of(found.kind, found.content) == id { return nil }
      guard let found, found.kind == kind, ObjectID.of(kind, found.content) == id else {
        throw .damaged("\(kind.word) \(id) in \(pack.name) does not have the content that its name says")
      }
      return found.content
    }
    return try others.content(of: id, kind)
  }

  /// The packs, those that were of use lately first.
  var all: [PackFile] { packs.withLock { $0 } }

  /// Moves the pack to the front: who reads one object of a batch mostly reads the next.
  private func prefer(_ pack: PackFile) {
    packs.withLock { packs in
      guard let place = packs.firstIndex(where: { $0 === pack }) else { return }
      packs.swapAt(0, place)
    }
  }

  /// Sees a pack that was just written.
  func add(_ name: String) {
    guard let pack = PackFile(name, layout) else { return }
    packs.withLock { packs in if !packs.contains(where: { $0.name == name }) { packs.append(pack) } }
  }

  /// Looks no more into packs that are about to be removed. Whoever is reading there may finish.
  func forget(_ names: [String]) {
    let names = Set(names)
    packs.withLock { $0.removeAll { names.contains($0.name) } }
  }
}
