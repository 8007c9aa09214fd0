/// What opening a record did that people may want to know.
package struct RecoveryReport: Sendable {
  /// The last holder did not close the record.
  package internal(set) var wasUnclean = false
  /// Packs that were new since the last checkpoint and written anew.
  package internal(set) var rewritten: [String] = []
  /// Files that are not whole and now lie in `state/.git/writ/aside`.
  package internal(set) var setAside: [String] = []
}

/// Recovery by reading: what is done between taking the lock and the first answer.
///
/// Remove our own stale locks and temporaries; read the ref; check the packs that are newer than the last checkpoint;
/// after an unclean stop write those packs and the ref anew, because a page that was read back need not be on disk.
struct StoreOpening {
  let layout: StoreLayout
  let disk: Disk
  let lock: StoreLock
  let objects: StoreObjects
  let tip: ObjectID?
  let rememberedTip: ObjectID?
  let report: RecoveryReport

  init(_ layout: StoreLayout, _ disk: Disk) throws(StoreError) {
    self.layout = layout
    self.disk = disk
    guard exists(layout.checkpoint) else {
      throw .notAStore(path: layout.folder, reason: "there is no \(layout.checkpoint)")
    }
    lock = try StoreLock(layout, disk)
    let recovery = try StoreRecovery(layout, disk)
    try recovery.removeTemporaries()
    var report = RecoveryReport()
    report.wasUnclean = !recovery.checkpoint.isClosed
    tip = try recovery.refs.read(StoreLayout.ref)
    try recovery.checkRef(tip)
    (report.rewritten, report.setAside) = try recovery.mendPacks()
    objects = try StoreObjects(layout)
    try recovery.check(tip, from: objects, lost: report.setAside)
    if report.wasUnclean, let tip { try recovery.refs.move(StoreLayout.ref, from: tip, to: tip) }
    try recovery.finish(tip)
    rememberedTip = recovery.rememberedTip
    self.report = report
  }
}
