package import CEL

/// A message that came before anybody waited for it.
package struct MessageRow: Sendable {
  package var event: String
  package var key: String?
  package var by: String
  package var at: Timestamp
  package var until: Timestamp?

  package init(event: String, key: String?, by: String, at: Timestamp, until: Timestamp?) {
    self.event = event
    self.key = key
    self.by = by
    self.at = at
    self.until = until
  }
}

extension Page {
  /// What came early, newest first. It says about which case, never what it carries: that is for whoever will wait for it.
  package static func messages(_ rows: [MessageRow], _ reader: Reader) -> Page {
    Page("Messages", isLive: true) {
      element("h1") { "Messages that came early" }
      element("p", .class("lead")) {
        "Nobody waits for them yet. Each is kept for the first who will, and forgotten when its time is up."
      }
      if rows.isEmpty {
        Pieces.quiet("There are none that you may know of.")
      } else {
        Pieces.table(
          "Messages", ["Event", "About", "From", "Kept until"],
          rows: rows.map { row in
            [
              element("code") { row.event }, Markup(row.key ?? "nothing in particular"),
              Markup.from(row, reader), row.until.map { reader.at($0) } ?? Markup(),
            ]
          })
      }
    }
  }
}

extension Markup {
  @MarkupBuilder fileprivate static func from(_ row: MessageRow, _ reader: Reader) -> Markup {
    "\(reader.you(row.by)), "
    reader.ago(row.at)
  }
}
