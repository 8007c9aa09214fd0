package import CEL
package import WorkflowEngine

/// Which decisions an audit is about. What is left open lets everything pass.
package struct AuditFilter: Sendable, Hashable {
  /// Who decided, or in whose place.
  package var person: PersonID?
  /// The path of a workflow, or the last part of it.
  package var workflow: String?
  /// Days in UTC, both included.
  package var from: CivilDate?
  package var to: CivilDate?
  package var bounds: [Bound] = []

  package init() {}

  /// A limit on a number that the approvers were shown, or that the instance was started with.
  package struct Bound: Sendable, Hashable {
    package enum Side: Sendable, Hashable { case atLeast, atMost }
    package var side: Side
    package var field: String
    package var limit: Decimal

    /// Reads `amount=1000`; `nil` where the part after the sign is no number.
    package init?(_ side: Side, _ text: String) {
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex,
        let limit = Decimal(text[text.index(after: sign)...])
      else { return nil }
      self.side = side
      self.field = String(text[..<sign])
      self.limit = limit
    }

    /// False also where there is no such number.
    fileprivate func holds(for decision: AuditedDecision) -> Bool {
      let value = decision.shown.first { $0.label == field }?.value ?? decision.input[field]
      guard let number = value.flatMap(Decimal.init(number:)) else { return false }
      return side == .atLeast ? number >= limit : number <= limit
    }
  }

  package func admits(_ decision: AuditedDecision) -> Bool {
    let day = decision.at.date
    if let person, decision.decided.by != person, decision.decided.actingFor != person { return false }
    if let workflow, decision.workflow != workflow, !decision.workflow.hasSuffix("/" + workflow) { return false }
    if let from, day < from { return false }
    if let to, day > to { return false }
    return bounds.allSatisfy { $0.holds(for: decision) }
  }
}

extension Decimal {
  /// A number, or a text that is one: decimals of a form are kept as text.
  fileprivate init?(number value: Value) {
    switch value {
    case .int(let number): self.init(number)
    case .uint(let number): self.init(number)
    case .double(let number): self.init(number.description)
    case .decimal(let number): self = number
    case .string(let text): self.init(text)
    default: return nil
    }
  }
}
