package import CEL

/// The items of an `each`, fixed when its step was entered, with what has become of each: the frame that holds them scopes
/// a token per item.
package struct Items: Sendable, Hashable {
  package struct Item: Sendable, Hashable {
    package var value: Value
    /// `nil` until it has ended.
    package var result: ItemResult?

    package init(value: Value, result: ItemResult? = nil) {
      self.value = value
      self.result = result
    }
  }

  /// The visit of the step as a whole.
  package var visit: Int
  package var list: [Item]
  /// How many have been entered; always the first ones of the list.
  package var entered = 0

  package static let maximum = 1_000

  package init(visit: Int, list: [Item]) {
    self.visit = visit
    self.list = list
  }
}

/// How one item ended.
package struct ItemResult: Sendable, Hashable {
  package var outcome: Outcome
  /// The step's result for this item; `{code, message}` of a kept failure, else an empty map without a result.
  package var output: Value
  package var by: PersonID?

  package init(outcome: Outcome, output: Value, by: PersonID?) {
    self.outcome = outcome
    self.output = output
    self.by = by
  }
}

extension Items {
  /// What `until` reads: the items that have ended, in item order.
  var ended: Value { .list(list.compactMap { item in item.result.map { Self.row(item.value, $0) } }) }

  /// The step's output, an entry per item; what was not waited for is `cancelled`.
  var output: Value {
    .list(list.map { Self.row($0.value, $0.result ?? ItemResult(outcome: "cancelled", output: [:], by: nil)) })
  }

  var open: Int { list.prefix(entered).count { $0.result == nil } }

  private static func row(_ item: Value, _ result: ItemResult) -> Value {
    .map([
      "item": item, "outcome": .string(result.outcome), "output": result.output,
      "by": result.by.map { .string($0) } ?? .null,
    ])
  }
}

/// A step with `each` was entered: its list is fixed, its token waits in a frame of its own.
package struct EachOpened: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var token: Int
  package var frame: Int
  package var items: [Value]

  package init(step: StepID, visit: Int, token: Int, frame: Int, items: [Value]) {
    self.step = step
    self.visit = visit
    self.token = token
    self.frame = frame
    self.items = items
  }
}

package struct ItemEnded: Sendable, Hashable {
  package var step: StepID
  package var visit: Int
  package var token: Int
  package var outcome: Outcome
  package var output: Value
  package var by: PersonID?
  package var reason: String?

  package init(
    step: StepID, visit: Int, token: Int, outcome: Outcome, output: Value, by: PersonID?, reason: String? = nil
  ) {
    self.step = step
    self.visit = visit
    self.token = token
    self.outcome = outcome
    self.output = output
    self.by = by
    self.reason = reason
  }
}
