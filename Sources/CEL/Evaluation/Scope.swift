/// What an expression is evaluated in: the values of its variables, the time, and bounds.
package struct Scope: Sendable {
  var names: [String]
  var values: [Value]
  /// The instant that `now` names, if there is one.
  package var now: Timestamp?
  /// The rules of a time zone by its name, "Europe/Berlin"; fixed offsets and UTC are known without.
  package var zones: @Sendable (String) -> ZoneRules?
  /// Steps of work (calls, rounds of a macro, pieces of data handled) before the evaluation is given up.
  package var costLimit: Int

  package static let defaultCostLimit = 1_000_000

  package init(
    _ variables: ValueMap = [:], now: Timestamp? = nil,
    zones: @escaping @Sendable (String) -> ZoneRules? = { _ in nil }, costLimit: Int = defaultCostLimit
  ) {
    names = variables.keys
    values = variables.entries.map(\.value)
    self.now = now
    self.zones = zones
    self.costLimit = costLimit
  }

  /// The value of a root variable.
  package subscript(name: String) -> Value? {
    get { names.firstIndex { $0.hasSameBytes(as: name) }.map { values[$0] } }
    set {
      switch (names.firstIndex { $0.hasSameBytes(as: name) }, newValue) {
      case (let index?, let value?): values[index] = value
      case (let index?, nil):
        names.remove(at: index)
        values.remove(at: index)
      case (nil, let value?):
        names.append(name)
        values.append(value)
      case (nil, nil): break
      }
    }
  }

  func value(of variable: String) -> Value? {
    self[variable] ?? (variable == "now" ? now.map { .timestamp($0) } : nil)
  }
}
