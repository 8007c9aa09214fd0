package import CEL
package import WorkflowEngine

/// Does what is owed to the outside: the connectors in earnest, a script of answers in demos and tests.
package protocol Performer: Sendable {
  /// One attempt of a service step. Never throws: every failure has a code.
  func perform(_ job: Owed.Job, settings: Settings) async -> Performed
  /// One attempt to tell people something.
  ///
  /// - Parameter instance: what it is about; `nil` for an alarm.
  func deliver(
    _ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings
  ) async -> Performed
}

package enum Performed: Sendable, Hashable {
  case done(Value)
  /// Codes: `http.503`, `timeout`, `network`, `exit.2`, `config`, ...
  case failed(code: String, message: String)
}
