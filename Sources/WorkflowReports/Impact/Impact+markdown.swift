extension Impact {
  /// For a comment on a pull request. Names and ids only: nothing in it can become markup.
  package var markdown: String {
    guard !changes.isEmpty else { return "No workflow changes its meaning.\n" }
    let parts = changes.map { $0.markdown(isRecordKnown: isRecordKnown) }
    let foot = feet.map { "\n\($0.prefix(1).uppercased() + $0.dropFirst()).\n" }.joined()
    return "### What this changes\n\n" + parts.joined(separator: "\n") + foot
  }
}

extension WorkflowChange {
  fileprivate func markdown(isRecordKnown: Bool) -> String {
    var text = "**`\(name)` \(headline).**"
    for row in steps.rows {
      text += " Steps \(row.what): \(row.steps.map { "`\($0)`" }.joined(separator: ", "))."
    }
    text += "\n"
    guard isRecordKnown, running > 0 else {
      return isRecordKnown && kind != .new ? text + "\nNothing runs on it.\n" : text
    }
    text += "\n\(count):\n\n| | where | what becomes of them | which |\n|--:|---|---|---|\n"
    for group in groups {
      let steps = group.steps.map { "`\($0)`" }.joined(separator: " and ")
      let fate = ([group.verdict] + group.remarks).map(Self.escaped).joined(separator: "<br>")
      text += "| \(group.instances.count) | \(steps) | \(fate) | \(group.names) |\n"
    }
    return text
  }

  /// Reasons quote expressions and values; none of it is markup.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "|", "[", "]", "#", "~", "!", "@": result += "\\" + String(scalar)
      default: result.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
      }
    }
  }
}
