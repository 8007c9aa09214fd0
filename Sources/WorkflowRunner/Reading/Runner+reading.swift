import GitStore
package import WorkflowEngine
import WorkflowFiles

/// What is read from the record itself, because memory holds only what lives.
extension Runner {
  /// Live, recently ended, or from the archive; `nil` where no instance has the number.
  package func instance(_ number: Int) throws -> Instance? {
    if let known = snapshot.instance(number) { return known }
    guard number > 0, number < snapshot.nextNumber else { return nil }
    return try store.snapshot()?.latestArchived(before: number + 1, limit: 1).first { $0.id.number == number }
  }

  /// Every event of an instance, oldest first.
  package func timeline(of number: Int) throws -> [Entry] {
    guard let instance = try instance(number) else { return [] }
    return try store.snapshot().map { try StoredInstance(instance.id, of: $0).entries() } ?? []
  }

  /// The evidence kept for an event.
  package func evidence(of number: Int, event: Int) throws -> [UInt8]? {
    guard let instance = try instance(number) else { return nil }
    let place: StateLayout.Place = instance.isArchivable ? .archive : .live
    return try store.read(StateLayout.file(.evidence(event: event), of: instance.id, in: place))
  }

  /// Archived instances below a number, latest first.
  package func archived(before number: Int?, limit: Int) throws -> [Instance] {
    let before = min(number ?? .max, snapshot.nextNumber)
    return try store.snapshot()?.latestArchived(before: before, limit: limit) ?? []
  }
}
