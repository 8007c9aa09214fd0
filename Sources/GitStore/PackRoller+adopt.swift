extension PackRoller {
  /// Copies a finished pack among the objects and retires the packs that it replaces.
  func adopt(packAt path: String, replacing replaced: [String]) throws(StoreError) {
    guard let pack = MappedFile(path + ".pack"), let index = MappedFile(path + ".idx"),
      let checksum = pack.checksum, index.checksum != nil
    else { throw .refused("there is no whole pack at \(path)") }
    let name = "pack-\(checksum)"
    do { try layout.place(pack.bytes, index.bytes, as: name, disk) } catch { throw .notDone(error) }
    guard let new = PackFile(name, layout) else { throw .refused("the index at \(path) cannot be read") }
    let old = objects.all.filter { replaced.contains($0.name) && $0.name != name }
    for pack in old {
      for row in 0..<pack.count where new.find(pack.id(at: row)) == nil {
        throw .refused("the pack at \(path) lacks \(pack.id(at: row)) of \(pack.name)")
      }
    }
    replace(old, by: name)
  }

  /// Lets readers turn to the new pack, then retires the old ones.
  func replace(_ old: [PackFile], by name: String) {
    objects.add(name)
    retire(old.map(\.name).filter { $0 != name })
  }
}
