import Foundation

/// One measured figure: a line of JSON. What counts is the ratio to a reference of the same run, where there is one.
struct Figure: Encodable {
  /// Names the figure for ever: reports compare by it.
  var figure: String
  var value: Double
  var unit: String
  var reference: Reference?
  var budget: Budget?
  /// What else was counted in the same run.
  var with: [String: Double] = [:]

  struct Reference: Encodable {
    var what: String
    var value: Double
  }

  /// A bound on the value, or on the ratio of value to reference.
  struct Budget: Encodable {
    enum Kind: String, Encodable { case value, ratio }
    var of: Kind
    var atLeast: Double?
    var atMost: Double?
  }

  var ratio: Double? { reference.map { value / $0.value } }

  var holds: Bool? {
    guard let budget, let measured = budget.of == .value ? value : ratio else { return nil }
    return measured >= budget.atLeast ?? -.infinity && measured <= budget.atMost ?? .infinity
  }

  private enum CodingKeys: CodingKey { case figure, value, unit, reference, ratio, budget, holds, with }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(figure, forKey: .figure)
    try container.encode(value.rounded3, forKey: .value)
    try container.encode(unit, forKey: .unit)
    try container.encodeIfPresent(reference, forKey: .reference)
    try container.encodeIfPresent(ratio?.rounded3, forKey: .ratio)
    try container.encodeIfPresent(budget, forKey: .budget)
    try container.encodeIfPresent(holds, forKey: .holds)
    if !with.isEmpty { try container.encode(with.mapValues(\.rounded3), forKey: .with) }
  }

  /// Prints the figure as a line of JSON, at once.
  func print() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try FileHandle.standardOutput.write(contentsOf: encoder.encode(self) + Data("\n".utf8))
  }
}

extension Double {
  /// Four significant digits or so: no noise in the report.
  var rounded3: Double {
    guard isFinite, self != 0 else { return isFinite ? self : 0 }
    let scale = pow(10, 3 - floor(log10(abs(self))))
    return (self * scale).rounded() / scale
  }
}

extension [Double] {
  func percentile(_ part: Double) -> Double {
    guard !isEmpty else { return 0 }
    return sorted()[Int(Double(count - 1) * part)]
  }

  var median: Double { percentile(0.5) }
}

/// Seconds that `body` takes.
func seconds<Result>(_ body: () throws -> Result) rethrows -> (seconds: Double, result: Result) {
  let start = ContinuousClock.now
  let result = try body()
  return ((ContinuousClock.now - start) / .seconds(1), result)
}

func seconds<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
) async rethrows -> (seconds: Double, result: Result) {
  let start = ContinuousClock.now
  let result = try await body()
  return ((ContinuousClock.now - start) / .seconds(1), result)
}
