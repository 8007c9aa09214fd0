import CEL
import Foundation
import WorkflowReports

/// `writ show ID --evidence`, and `--html`.
extension Show {
  func writeEvidence() async throws {
    let found = try await Session.run(in: try repository.place()) { api in
      try await api.get("/api/instances/\(API.escaped(id))/evidence")
    }
    if output.json { return Terminal.out(found.versioned.prettyJSON) }
    let decisions = found[items: "items"]
    guard !decisions.isEmpty else { return Terminal.next("nobody has decided anything here yet") }
    for (index, decision) in decisions.enumerated() {
      if index > 0 { Terminal.out("") }
      Self.write(decision)
    }
    Terminal.next("\nto prove it, offline: writ verify")
  }

  private static func write(_ decision: Value) {
    let text = { (name: String) in decision[text: name] ?? "" }
    let list = { (name: String) in decision[items: name].compactMap(\.stringValue).joined(separator: ", ") }
    let place = text("level") == text("step") ? text("step") : "\(text("step"))/\(text("level"))"
    let other = decision[text: "acting_for"].map { " for \($0)" } ?? ""
    let verb = ["approve": "approved", "reject": "rejected", "return": "sent back"][text("decision")] ?? ""
    Terminal.out("\(Style.bold(place))  \(verb) by \(text("by"))\(other)")
    let facts: [(label: String, text: String)] = [
      ("at", decision[time: "at"].map { TimeWords.moment($0) } ?? text("at")), ("reason", text("reason")),
      ("proof", text("assurance")), ("evidence", text("evidence")), ("asked", list("asked")),
      ("seat", list("seat_because")), ("needed", text("needed")), ("excluded", list("excluded")),
      ("level", text("level_outcome")), ("shown", decision["shown"]?.words ?? ""), ("digest", text("shown_digest")),
      ("definition", text("definition")),
    ]
    write(facts.filter { !$0.text.isEmpty })
  }

  /// The page as the server draws it, with its style inside.
  func writePage() async throws {
    let page = try await Session.run(in: try repository.place()) { api in
      try await api.page("/instances/\(API.escaped(id))/approvals")
    }
    let style = Asset.named("writ.css").map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    let sheet = "<link rel=\"stylesheet\" href=\"/assets/writ.css\"/>"
    let script = "<script type=\"module\" src=\"/assets/page.js\"></script>"
    Terminal.outExactly(page.replacing(sheet, with: "<style>\(style)</style>").replacing(script, with: "") + "\n")
  }
}
