import CEL
import WorkflowEngine

/// Small pieces that several pages share.
enum Pieces {
  /// A part of a page with a heading of its own; `id` is also the heading's, so that the part has a name.
  static func section(
    _ id: String, _ heading: String, note: String? = nil, @MarkupBuilder content: () -> Markup
  ) -> Markup {
    element("section", .class("part"), .id(id), Attribute("aria-labelledby", "\(id)-heading")) {
      element("h2", .id("\(id)-heading")) {
        heading
        if let note { element("span", .class("note")) { " \(note)" } }
      }
      content()
    }
  }

  static func quiet(_ words: String) -> Markup {
    element("p", .class("quiet")) { words }
  }

  /// A table that scrolls by itself on a narrow screen; the head names the columns.
  static func table(_ caption: String, _ columns: [String], rows: [[Markup]]) -> Markup {
    element(
      "div", .class("scroll"), Attribute("tabindex", "0"), Attribute("role", "region"), Attribute("aria-label", caption)
    ) {
      element("table") {
        element("thead") {
          element("tr") { for column in columns { element("th", Attribute("scope", "col")) { column } } }
        }
        element("tbody") {
          for row in rows {
            element("tr") {
              for (index, cell) in row.enumerated() {
                element("td", Attribute("data-label", columns.indices.contains(index) ? columns[index] : nil)) { cell }
              }
            }
          }
        }
      }
    }
  }

  static func status(_ instance: Instance) -> Markup {
    let (symbol, words, tone) = instance.face
    return element("span", .class("status", tone)) {
      element("span", Attribute("aria-hidden", "true")) { symbol }
      " \(words)"
    }
  }

  static func link(_ instance: InstanceID) -> Markup {
    element("a", .href("/instances/\(instance)")) { instance.description }
  }

  static func problem(_ message: String, hint: String? = nil) -> Markup {
    element("div", .class("callout is-bad"), Attribute("role", "alert")) {
      element("p") {
        element("strong") { message.sentence }
        if let hint { " \(hint.sentence)" }
      }
    }
  }
}

extension Instance {
  /// A symbol, a word and a tone for where the instance stands.
  var face: (symbol: String, words: String, tone: String) {
    switch status {
    case .completed: ("■", outcome.map(\.asWords) ?? "completed", "is-off")
    case .cancelled: ("×", "cancelled", "is-off")
    case .suspended: ("‖", "suspended", "is-off")
    case .failed: ("!", "stuck", "is-stuck")
    case .running, .waiting: hasIncident ? ("!", "stuck", "is-stuck") : ("●", "waiting", "is-open")
    }
  }

  package var hasIncident: Bool { visits.contains { $0.incident != nil } }
}

extension String {
  /// `not_needed` as people say it.
  var asWords: String { split(separator: "_").joined(separator: " ") }

  /// With a capital and a full stop.
  var sentence: String {
    guard let last = self.last else { return self }
    return capitalized + (".!?:".contains(last) ? "" : ".")
  }

  /// With a capital.
  var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
