/// Where objects are read from, by any thread.
protocol ObjectSource: Sendable {
  /// The content of the object, or nil when there is none of that name and kind.
  func content(of id: ObjectID, _ kind: ObjectKind) throws(StoreError) -> [UInt8]?
}

extension ObjectSource {
  /// The content of an object that another object names.
  func require(_ id: ObjectID, _ kind: ObjectKind) throws(StoreError) -> [UInt8] {
    guard let content = try content(of: id, kind) else { throw .damaged("\(kind.word) \(id) is missing") }
    return content
  }
}

/// Where new objects go.
protocol ObjectSink {
  mutating func add(_ id: ObjectID, _ kind: ObjectKind, _ content: UnsafeRawBufferPointer) throws(StoreError)
}
