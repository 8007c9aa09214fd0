/// One step that waits for the world, with what may happen at it.
enum Leaf: String, Sendable, CaseIterable {
  case task, service, wait
  /// One level of managers, of whom one or both are needed.
  case approval
  /// Managers, then finance; it lapses.
  case chain
  /// A task, a service or a call per item of a list.
  case eachTask, eachService, eachCall
  case call
  case message
  /// A message or a time, whichever is first.
  case messageOrTime
  /// A service whose errors have a way of their own.
  case guarded
  /// A service that can be taken back.
  case undoable
  /// A task that lapses.
  case expiring
  /// A task that a message cancels, or stands beside.
  case listening, beside
  case notification, table
}
