package import CEL
import WorkflowEngine

extension AuditedDecision {
  /// Names of the columns, in their order; the members of the JSON form too.
  package static let columns = [
    "at", "instance", "title", "workflow", "version", "definition", "step", "visit", "level", "decision", "by",
    "acting_for", "reason", "assurance", "evidence", "event", "initiator", "seat_because", "asked", "excluded",
    "needed", "level_outcome", "shown", "shown_digest", "questions",
  ]

  /// The decision as JSON, by column. What there is not is absent.
  package var value: Value {
    var map: ValueMap = [:]
    for (name, value) in zip(Self.columns, values) { map[name] = value }
    return .map(map)
  }

  /// The decision as fields of a table; lists are parted by `; `.
  package var row: [String] { values.map { $0.map(Self.text) ?? "" } }

  private var values: [Value?] {
    [
      .string(at.rfc3339Milliseconds), .string(instance.description), .string(title), .string(workflow),
      .int(Int64(version)), .string(definition), .string(decided.step), .int(Int64(decided.visit)),
      .string(decided.level), .string(decided.verdict.rawValue), .string(decided.by),
      decided.actingFor.map { .string($0) }, decided.reason.map { .string($0) }, .string(decided.assurance.rawValue),
      decided.evidence.map { .string($0) }, .int(Int64(event)), .string(initiator),
      .list(because.map { .string($0) }), .list(pool.map { .string($0.person) }),
      .list(excluded.map { .string("\($0.person): \($0.because)") }), .string(rule.needed.words),
      level.map { .string($0) }, .map(ValueMap(shown.map { ($0.label, $0.value.hidingSealed) })), .string(digest),
      .list(questions.map { .string($0.words) }),
    ]
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .string(let text): text
    case .list(let items): items.map(text).joined(separator: "; ")
    default: (try? value.canonicalJSON()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }
}

extension Question {
  fileprivate var words: String {
    "\(by) asked \(to): \(text)" + (answer.map { "; \($0.by) answered: \($0.text)" } ?? "; not answered")
  }
}

extension ApprovalRule.Needed {
  fileprivate var words: String {
    switch self {
    case .count(let number): "\(number)"
    case .all: "all"
    case .eachGroup(let groups): "one of each: \(groups.joined(separator: ", "))"
    }
  }
}
