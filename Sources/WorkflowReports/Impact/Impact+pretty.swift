extension Impact {
  /// For people at a terminal, line by line.
  package var pretty: [String] {
    guard !changes.isEmpty else { return ["no workflow changes its meaning"] }
    let lines = changes.flatMap { change in change.pretty(isRecordKnown: isRecordKnown) + [""] }.dropLast()
    return Array(lines) + feet.flatMap { ["", $0] }
  }
}

extension WorkflowChange {
  fileprivate func pretty(isRecordKnown: Bool) -> [String] {
    var lines = ["\(name) \(headline)"]
    let rows = steps.rows.map { "\($0.what) \($0.steps.joined(separator: ", "))" }
    if !rows.isEmpty { lines.append("  steps    \(rows.joined(separator: "; "))") }
    guard isRecordKnown, kind != .new || running > 0 else { return lines }
    lines.append("  running  \(running == 0 ? "nothing" : WorkflowChange.counted(running, "instance"))")
    let places = groups.map { "at \($0.steps.joined(separator: " and "))" }
    let width = places.map(\.count).max() ?? 0
    let digits = groups.map { String($0.instances.count).count }.max() ?? 0
    for (group, place) in zip(groups, places) {
      let count = String(group.instances.count)
      let cells = [
        String(repeating: " ", count: digits - count.count) + count,
        place + String(repeating: " ", count: width - place.count), group.verdict,
      ]
      lines.append("    \(cells.joined(separator: "  ")): \(group.names)")
      let indent = String(repeating: " ", count: digits + width + 8)
      lines += group.remarks.map { indent + "- " + $0 }
    }
    return lines
  }
}
