/// Owns the record's pen. It has a thread of its own, because syncing blocks.
actor Writer {
  private let executor = ThreadExecutor(name: "writ.record")
  private var pen: Pen

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(_ pen: Pen) {
    self.pen = pen
  }

  /// Writes a batch as one commit; durable when it returns `nil`.
  func write(_ batch: Batch) -> SubmitError? { pen.write(batch) }
}
