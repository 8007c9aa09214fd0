import Synchronization

extension PackFile {
  /// The object at `offset`, with deltas applied; nil when the pack is broken there.
  func content(at offset: Int) -> (kind: ObjectKind, content: [UInt8])? {
    var deltas: [(offset: Int, delta: [UInt8])] = []
    var place = offset
    var found = bases.object(at: offset)
    while found == nil {
      guard deltas.count < Self.deepest, let entry = entry(at: place),
        let content = Inflater().inflate(entry.compressed, length: entry.length)
      else { return nil }
      switch entry.form {
      case .whole(let kind): found = (kind, content)
      case .delta(let base):
        guard let base else { return nil }
        deltas.append((place, content))
        place = base
        found = bases.object(at: place)
      }
    }
    guard var object = found else { return nil }
    for (offset, delta) in deltas.reversed() {
      bases.keep(object, at: place)
      guard let content = PackDelta.apply(delta, to: object.content) else { return nil }
      object.content = content
      place = offset
    }
    return object
  }

  /// Git makes chains of at most 50 deltas, and never more than 4095.
  private static let deepest = 4_096
}

/// Objects of one pack that others are deltas on: a chain is walked once, not once for each object on it.
final class DeltaBases: Sendable {
  private let objects = Mutex<[Int: (kind: ObjectKind, content: [UInt8])]>([:])
  private static let limit = 8_192
  /// Larger ones are not kept.
  private static let largest = 64 << 10

  func object(at offset: Int) -> (kind: ObjectKind, content: [UInt8])? { objects.withLock { $0[offset] } }

  func keep(_ object: (kind: ObjectKind, content: [UInt8]), at offset: Int) {
    guard object.content.count <= Self.largest else { return }
    objects.withLock { objects in
      if objects.count >= Self.limit { objects.removeAll() }
      objects[offset] = object
    }
  }
}
