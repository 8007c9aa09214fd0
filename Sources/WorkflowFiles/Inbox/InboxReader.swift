import CEL
import WorkflowEngine

/// Reads a file of the inbox as people leave it: what they mean is taken kindly, what is not clear is answered with
/// the exact words to write.
package enum InboxReader {
  package static func read(_ bytes: [UInt8]) -> InboxReading {
    guard bytes.count <= YAMLRule.Limit.scalar else {
      return .unclear(InboxAnswer(problem: "the file is larger than 64 KiB", remedy: restore), nil)
    }
    var document = YAMLReader.read(bytes, file: "inbox")
    if let finding = document.findings.first {
      document = YAMLReader.read(LooseLines.quoted(bytes), file: "inbox")
      if !document.findings.isEmpty { return .unclear(unreadable(finding), nil) }
    }
    guard let root = document.root, root.entries != nil else {
      return .unclear(InboxAnswer(problem: "the file is empty", remedy: restore), nil)
    }
    guard let binding = root["binding"].flatMap(InboxBinding.init) else {
      return .unclear(InboxAnswer(problem: "the part under 'binding:' is not as it was", remedy: restore), nil)
    }
    if let name = root.repeated {
      return .unclear(InboxAnswer(problem: "the line '\(name):' stands there twice", remedy: restore), binding)
    }
    if binding.question != nil { return answer(root, binding, document.source) }
    return binding.level == nil ? task(root, binding) : approval(root, binding, document.source)
  }

  /// What the file shows, whatever is decided in it, as canonical JSON; `nil` where it shows nothing that can be read.
  package static func facts(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count <= YAMLRule.Limit.scalar else { return nil }
    var document = YAMLReader.read(bytes, file: "inbox")
    if !document.findings.isEmpty { document = YAMLReader.read(LooseLines.quoted(bytes), file: "inbox") }
    return document.root?["shown"].flatMap { try? $0.plainValue.canonicalJSON() }
  }

  private static let restore = "take the file's earlier version from the history, and change only the lines on top"

  private static func unreadable(_ finding: Finding) -> InboxAnswer {
    let line = finding.place.start.map { "line \($0.line): " } ?? ""
    return InboxAnswer(problem: "the file cannot be read: \(line)\(finding.message)", remedy: finding.hint ?? restore)
  }

  // MARK: Approvals

  private static func approval(
    _ root: YAMLNode, _ binding: InboxBinding, _ source: SourceText
  ) -> InboxReading {
    guard let node = root.entry(like: "decision") else {
      return .unclear(InboxAnswer(problem: "the line 'decision:' is gone", remedy: InboxWords.howToDecide), binding)
    }
    let reason = root.entry(like: "reason").flatMap { wholeReason($0, source) }
    guard let text = node.text else {
      return .unclear(InboxAnswer(problem: "'decision:' is not one word", remedy: InboxWords.howToDecide), binding)
    }
    if InboxWords.trimmed(text).isEmpty {
      guard reason != nil else { return .open(binding) }
      return .unclear(
        InboxAnswer(problem: "there is a reason but no decision", remedy: InboxWords.howToDecide), binding)
    }
    if let act = InboxRemark.Act(text) {
      return .remark(InboxRemark(binding: binding, act: act, text: reason))
    }
    guard let verdict = InboxWords.verdict(text) else { return .unclear(InboxWords.answer(to: text), binding) }
    return .decision(InboxDecision(binding: binding, verdict: verdict, reason: reason))
  }

  private static func answer(_ root: YAMLNode, _ binding: InboxBinding, _ source: SourceText) -> InboxReading {
    guard let node = root.entry(like: "answer") else {
      return .unclear(
        InboxAnswer(problem: "the line 'answer:' is gone", remedy: "write the line 'answer:' with your answer"),
        binding)
    }
    guard let text = wholeReason(node, source) else { return .open(binding) }
    return .remark(InboxRemark(binding: binding, act: .answer, text: text))
  }

  /// Without quotes a reason goes to the end of its line: `see #12` has no comment in it.
  private static func wholeReason(_ node: YAMLNode, _ source: SourceText) -> String? {
    guard let text = node.text else { return nil }
    let line = source.line(at: node.span.lowerBound)
    let isOneLine = node.style == .plain && !node.isEmpty && line.upperBound >= node.span.upperBound
    let whole = isOneLine ? source.text(node.span.lowerBound..<line.upperBound) : text
    let reason = InboxWords.trimmed(whole)
    return reason.isEmpty ? nil : reason
  }

  // MARK: Tasks

  private static func task(_ root: YAMLNode, _ binding: InboxBinding) -> InboxReading {
    let fields = root.entry(like: "fields")?.formTexts ?? [:]
    if let node = root.entry(like: "outcome") {
      guard let text = node.text else {
        let answer = InboxAnswer(problem: "'outcome:' is not one word", remedy: "write one of the words above it")
        return .unclear(answer, binding)
      }
      let outcome = InboxWords.folded(text)
      if outcome.isEmpty { return .open(binding) }
      return .completion(InboxCompletion(binding: binding, outcome: outcome, fields: fields))
    }
    guard let text = root.entry(like: "done")?.text else {
      let answer = InboxAnswer(problem: "the line 'done:' is gone", remedy: "write the line 'done: yes'")
      return .unclear(answer, binding)
    }
    switch InboxWords.folded(text) {
    case "", "no", "n", "false", "not yet": return .open(binding)
    case "yes", "y", "true", "done", "ok", "x":
      return .completion(InboxCompletion(binding: binding, outcome: "done", fields: fields))
    default:
      let problem = "'\(InboxWords.trimmed(text))' does not say whether it is done"
      return .unclear(InboxAnswer(problem: problem, remedy: "write the line 'done: yes'"), binding)
    }
  }
}

extension YAMLNode {
  /// The value of a key, however it is capitalised.
  fileprivate func entry(like name: String) -> YAMLNode? {
    self[name] ?? entries?.first { InboxWords.folded($0.name) == name }?.value
  }

  /// A key that is there twice, capitalised one way and another.
  fileprivate var repeated: String? {
    var seen: Set<String> = []
    return entries?.map { InboxWords.folded($0.name) }.first { !seen.insert($0).inserted }
  }

  fileprivate var formTexts: [String: String] {
    var texts: [String: String] = [:]
    for entry in entries ?? [] { texts[entry.name] = entry.value.text ?? entry.value.json }
    return texts
  }

  private var json: String {
    let bytes = (try? plainValue.canonicalJSON()) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }

  fileprivate var plainValue: Value {
    switch kind {
    case .scalar(let text, .plain):
      switch text {
      case "true": true
      case "false": false
      case "", "null": .null
      default: Int64(text).map { .int($0) } ?? .string(text)
      }
    case .scalar(let text, _): .string(text)
    case .sequence(let items): .list(items.map(\.plainValue))
    case .mapping(let entries): .map(ValueMap(entries.map { ($0.name, $0.value.plainValue) }))
    }
  }
}
