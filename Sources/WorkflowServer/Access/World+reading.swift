import HashTreeCollections
import WorkflowEngine
import WorkflowRunner

/// How the routes look into a snapshot.
extension World {
  /// Live instances that ask one of these people, by number.
  func waiting(forAnyOf people: [PersonID]) -> [Instance] {
    Set(people.flatMap { work[$0] ?? [] }).sorted().compactMap { live[$0] }
  }

  /// Live and lately ended instances, newest first.
  var latest: [Instance] {
    (Array(live.values) + Array(ended.values)).sorted { $0.id > $1.id }
  }

  /// The lowest number of those that ended lately; older ones are in the record only.
  var oldestEnded: Int? { ended.numbers.min() }
}
