import CEL

/// What lists and answers say of an instance, as the API tells it.
struct InstanceWords {
  let instance: Value
  var times = TimeWords.current

  var id: String { instance[text: "id"] ?? "" }
  var hasEnded: Bool { instance[text: "ended_at"] != nil }
  var isStuck: Bool { instance["has_incident"]?.boolValue == true && !hasEnded }

  /// `waiting`, `stuck`, or how it ended.
  var status: Table.Cell {
    if isStuck { return Table.Cell("stuck", { Style.bad($0) }) }
    let status = instance[text: "status"] ?? ""
    guard hasEnded else { return Table.Cell(status, { Style.warm($0) }) }
    let word = status == "completed" ? instance[text: "outcome"] ?? status : status
    return Table.Cell(word, { status == "completed" ? Style.good($0) : Style.quiet($0) })
  }

  /// What it waits for: `approve: alice, bob`.
  var open: [String] {
    instance[items: "open"].map { visit in
      let step = (visit[text: "step"] ?? "") + (visit[text: "item"].map { ": \($0)" } ?? "")
      if let incident = visit["incident"] {
        return
          "\(step) is stuck: \(incident[text: "message"].map(Table.oneLine) ?? "") (\(incident[text: "code"] ?? ""))"
      }
      let asked = visit[items: "asked"].compactMap(\.stringValue)
      let who = asked.isEmpty ? "" : " by \(asked.prefix(5).joined(separator: ", "))\(asked.count > 5 ? ", ..." : "")"
      let child = visit[text: "child"].map { " \($0)" } ?? ""
      let due = visit[time: "due"].map { ", \(times.due($0))" } ?? ""
      return "\(step) (\(visit[text: "type"] ?? "")\(child)\(who)\(due))"
    }
  }

  /// The line that answers a writing verb.
  func sayWhereItIs() {
    var line = "\(Style.bold(id))  \(status.paint(status.text))"
    if let first = open.first { line += "  \(first)\(open.count > 1 ? " and \(open.count - 1) more" : "")" }
    Terminal.out(line)
  }

  /// 0 ended, 1 stuck or cancelled, 6 waits for a person.
  var exitStatus: ExitStatus {
    if isStuck || instance[text: "status"] == "cancelled" { return .refused }
    if hasEnded { return .ok }
    return instance[items: "open"].contains { !$0[items: "asked"].isEmpty } ? .waitingForPerson : .ok
  }
}

extension Value {
  /// The API's answer as `--json` prints it: with the version of its shape.
  var versioned: Value {
    guard case .map(let map) = self else { return self }
    return .map((["format": 1] as ValueMap).merging(map))
  }
}
