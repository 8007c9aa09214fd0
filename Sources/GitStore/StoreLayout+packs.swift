extension StoreLayout {
  /// Puts a pack and its index among the objects, durably: both files are whole and synced before either has its name.
  /// The first barrier of a commit. After an error nothing is left of them.
  func place(_ pack: UnsafeRawBufferPointer, _ index: UnsafeRawBufferPointer, as name: String, _ disk: Disk)
    throws(Disk.Failure)
  {
    let (packPath, indexPath) = (self.pack(name), self.index(name))
    do {
      try disk.writeNew(packPath + Disk.temporarySuffix, [pack], mode: 0o444)
      try disk.writeNew(indexPath + Disk.temporarySuffix, [index], mode: 0o444)
      try disk.rename(packPath + Disk.temporarySuffix, to: packPath)
      try disk.rename(indexPath + Disk.temporarySuffix, to: indexPath)
      try disk.syncFolder(packs)
    } catch {
      try? disk.unlink(indexPath + Disk.temporarySuffix)
      try? disk.unlink(packPath + Disk.temporarySuffix)
      if !exists(indexPath) { try? disk.unlink(packPath) }
      throw error
    }
  }

  /// Removes packs whose objects lie elsewhere, each index first, so that no index stands without its pack.
  func remove(_ names: [String], _ disk: Disk) throws(Disk.Failure) {
    for name in names {
      for path in [index(name), pack(name)] where exists(path) { try disk.unlink(path) }
    }
  }

  /// The names, without their endings, of the packs that have an index, or of those too that miss one half.
  func packNames(evenHalf: Bool = false) -> Set<String> {
    let files = names(in: packs)
    let indexed = Set(files.filter { $0.hasSuffix(".idx") }.map { String($0.dropLast(4)) })
    let packed = Set(files.filter { $0.hasSuffix(".pack") }.map { String($0.dropLast(5)) })
    return evenHalf ? indexed.union(packed) : indexed.intersection(packed)
  }
}
