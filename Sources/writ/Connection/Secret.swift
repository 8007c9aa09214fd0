import WorkflowFiles

/// A token that nobody guesses: 256 bits from the system's generator.
enum Secret {
  static func make() -> String { Hex.text((0..<32).map { _ in UInt8.random(in: .min ... .max) }) }
}
