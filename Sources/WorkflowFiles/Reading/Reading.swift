package import WorkflowEngine

/// One reading of one file: nodes become values, and what is wrong is kept, never thrown. A value goes on working as far
/// as it can, so that later rules still have something to look at.
final class Reading {
  let document: YAMLDocument
  private(set) var findings: [Finding] = []
  /// References to steps, judged when all steps are known.
  var stepReferences: [(id: StepID, range: Range<Int>)] = []

  init(_ document: YAMLDocument) { self.document = document }

  var source: SourceText { document.source }

  /// After so many problems nothing more is kept, so that a hostile file stays cheap.
  private static let most = 200
  var isFull: Bool { findings.count >= Self.most }

  func report(
    _ rule: ReadingRule, _ message: String, at range: @autoclosure () -> Range<Int>,
    hint: @autoclosure () -> String? = nil,
    related: [Finding.Related] = []
  ) {
    guard !isFull else { return }
    let place = source.place(source.firstLine(of: range()))
    if findings.count == Self.most - 1 {
      findings.append(Finding(ReadingRule.limit.rawValue, .error, "there are more problems than are listed", at: place))
    } else {
      let finding = Finding(rule.rawValue, .error, message, at: place, hint: hint(), related: related)
      // What holds for a step and its level alike is read for both.
      if !findings.contains(finding) { findings.append(finding) }
    }
  }

  /// Reads without saying what is wrong; whether nothing was.
  func quietly<Item>(_ read: () -> Item?) -> (item: Item?, isSound: Bool) {
    let before = findings.count
    let item = read()
    defer { findings.removeSubrange(before...) }
    return (item, findings.count == before)
  }

  func report(_ rule: ReadingRule, _ message: String, at node: YAMLNode, hint: @autoclosure () -> String? = nil) {
    report(rule, message, at: node.span, hint: hint())
  }

  /// `a list was expected here`, with what stands there instead.
  func reportShape(_ expected: String, at node: YAMLNode, hint: @autoclosure () -> String? = nil) {
    report(.shape, "\(expected) was expected here, not \(node.noun)", at: node, hint: hint())
  }
}

extension YAMLNode {
  /// For sentences.
  var noun: String {
    switch kind {
    case .scalar: "a text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    }
  }
}

/// A file as it was read: its meaning as far as it has one, and all that is wrong with it.
package struct ReadFile<Content: Sendable>: Sendable {
  package let document: YAMLDocument
  /// `nil` if not even a beginning could be made of it. With errors among the findings it may lack parts.
  package let content: Content?
  /// What YAML's rules and the reader have to say, in order of place.
  package let findings: [Finding]

  package var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// Gives the findings of a checker's rules their places in this file.
  package func locate(_ diagnostics: [Diagnostic]) -> [Finding] {
    diagnostics.map(document.locate)
  }

  /// The content, of a file without errors.
  package var soundContent: Content? { hasErrors ? nil : content }

  init(bytes: [UInt8], file: String, read: (Reading, YAMLNode) -> Content?) {
    document = YAMLReader.read(bytes, file: file)
    let reading = Reading(document)
    content = document.root.flatMap { read(reading, $0) }
    // What stands in a line that YAML reads otherwise than it was meant is a consequence.
    let misread = Set(document.findings.map(\.place.start?.line))
    findings = (document.findings + reading.findings.filter { !misread.contains($0.place.start?.line) }).sorted()
  }
}
