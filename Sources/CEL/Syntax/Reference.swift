/// A free variable of an expression with the fields selected from it: `vars.amount` is `["vars", "amount"]`.
package struct Reference: Sendable, Hashable {
  package let path: [String]
  /// UTF-8 offsets into the source.
  package let range: Range<Int>
  /// Whether the reading allows for absence: inside `has()`, by `.?`, or after it.
  package let isGuarded: Bool

  package init(path: [String], range: Range<Int>, isGuarded: Bool) {
    self.path = path
    self.range = range
    self.isGuarded = isGuarded
  }
}
