package import WorkflowEngine

/// A file of scenarios that gets one more; what stands in it stays as it is, comments included.
package enum ScenarioFile {
  package struct Added: Sendable {
    package var bytes: [UInt8]
    /// Where the scenario begins, counted from 1.
    package var line: Int
  }

  /// Why nothing was added; `text` is what would have been.
  package struct Refused: Error {
    package var message: String
    package var hint: String
    package var text: String
  }

  /// - Parameters:
  ///   - bytes: the file as it is; `nil` begins one.
  ///   - heading: lines above all others, where the file is begun.
  package static func adding(
    _ scenario: Scenario, to bytes: [UInt8]?, file: String, of workflow: Workflow, heading: String = ""
  ) throws(Refused) -> Added {
    var before = bytes ?? Array("\(heading)writ: 1\nscenarios:\n".utf8)
    let known = bytes == nil ? [] : ScenarioReader.read(before, file: file, of: workflow).soundContent
    let text = scenario.text(indent: indent(of: before))
    guard let known else {
      throw Refused(message: "\(file) has errors", hint: "mend it first: writ check", text: text)
    }
    guard !known.contains(where: { $0.name == scenario.name }) else {
      throw Refused(
        message: "\(file) has a scenario '\(scenario.name)' already", hint: "--name gives another name", text: text)
    }
    if before.last != UInt8(ascii: "\n") { before.append(UInt8(ascii: "\n")) }
    let after = before + Array(text.utf8)
    // The list may not be the file's last key, or be written in brackets; and not every value has a spelling in YAML.
    guard ScenarioReader.read(after, file: file, of: workflow).soundContent == known + [scenario] else {
      throw Refused(
        message: "the scenario cannot be written at the end of \(file)",
        hint: "let 'scenarios' be its last key, each scenario on lines of its own", text: text)
    }
    return Added(bytes: after, line: before.count { $0 == UInt8(ascii: "\n") } + 1)
  }

  /// As the last scenario before has it.
  private static func indent(of bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let dashes = lines.compactMap { line -> Int? in
      let content = line.drop { $0 == UInt8(ascii: " ") }
      return content.starts(with: Array("- name:".utf8)) ? content.startIndex - line.startIndex : nil
    }
    return dashes.last ?? 2
  }
}
