import CEL
import WorkflowEngine

/// Labelled values, as people read them.
enum Facts {
  static func list(_ facts: [(label: String, value: Markup)]) -> Markup {
    element("dl", .class("facts")) {
      for fact in facts {
        element("div") {
          element("dt") { fact.label }
          element("dd") { fact.value }
        }
      }
    }
  }

  static func list(_ shown: [Shown], _ labels: [String: String], _ reader: Reader) -> Markup {
    list(flattened(shown).map { ((labels[$0.label] ?? $0.label).label, value($0.value, reader)) })
  }

  /// Only what a card has room for: one line each.
  static func short(_ shown: [Shown]) -> [Shown] {
    flattened(shown).filter { $0.value.listValue == nil && $0.value.mapValue == nil && $0.value.words.utf8.count <= 80 }
  }

  /// What is shown whole (`input`, `vars`) becomes a fact per field; a variable that repeats an input is left out.
  private static func flattened(_ shown: [Shown]) -> [Shown] {
    var facts: [Shown] = []
    for fact in shown {
      guard case .map(let map) = fact.value, ["input", "vars"].contains(fact.label) else {
        facts.append(fact)
        continue
      }
      let inner = map.stringPairs.map { Shown(label: $0.0, value: $0.1) }
      facts += inner.filter { !facts.contains($0) }
    }
    return facts
  }

  static func map(_ map: ValueMap, _ labels: [String: String], _ reader: Reader) -> Markup {
    list(map.stringPairs.map { name, inner in ((labels[name] ?? name).label, value(inner, reader)) })
  }

  static func value(_ value: Value, _ reader: Reader) -> Markup {
    switch value {
    case .null: element("span", .class("quiet")) { "nothing" }
    case .bool(let flag): Markup(flag ? "yes" : "no")
    case .string(let text): self.text(text, reader)
    case .timestamp(let instant): reader.at(instant)
    case .list(let items) where items.isEmpty: element("span", .class("quiet")) { "none" }
    case .list(let items):
      element("ul", .class("values")) { for item in items { element("li") { self.value(item, reader) } } }
    case .map(let map) where map.isEmpty: element("span", .class("quiet")) { "nothing" }
    case .map where value.isSealed: element("span", .class("quiet")) { Value.hidden }
    case .map(let map): self.map(map, [:], reader)
    default: Markup(value.words)
    }
  }

  private static func text(_ text: String, _ reader: Reader) -> Markup {
    if text.utf8.count > 16, let instant = Timestamp(rfc3339: text) { return reader.at(instant) }
    if text.isEmpty { return element("span", .class("quiet")) { "empty" } }
    return element("span", .class("text")) { text }
  }
}

extension Value {
  /// The value as one piece of text, as a form shows and takes it.
  var words: String {
    switch self {
    case .null: ""
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): "\(number)"
    case .uint(let number): "\(number)"
    case .double(let number): Self.digits(number)
    case .decimal(let number): "\(number)"
    case .string(let text): text
    case .timestamp(let instant): "\(instant)"
    case .map where isSealed: Self.hidden
    default: (try? canonicalJSON()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }

  /// `3` rather than `3.0`.
  private static func digits(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? "\(Int64(number))" : "\(number)"
  }
}

extension String {
  /// A key as a label: `order_id` reads `Order id`; what an author wrote with capitals or blanks stays.
  var label: String {
    contains(where: { $0.isUppercase || $0 == " " }) ? self : asWords.capitalized
  }
}
