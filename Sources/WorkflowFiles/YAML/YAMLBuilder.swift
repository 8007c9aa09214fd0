/// Turns events into nodes and keeps the reading rules. A stack of its own: no recursion that a file could drive.
struct YAMLBuilder {
  private let source: SourceText
  private var stack: [Frame] = []
  private var documents = 0
  /// Where the line begins whose text without quotes was named last.
  private var misreadLine: Int?
  /// The latest text in quotes.
  private var lastQuoted: Range<Int>?
  private(set) var root: YAMLNode?
  private(set) var findings: [Finding] = []

  init(_ source: SourceText) { self.source = source }

  /// A collection that is not closed yet.
  private struct Frame {
    enum Content {
      case sequence([YAMLNode])
      case mapping([YAMLNode.Entry], key: YAMLNode?)
    }
    var content: Content
    let start: Int
    let isFlow: Bool
    /// First place of every key.
    var places: [String: Range<Int>] = [:]
  }

  /// Reads to the end; false if something made reading on impossible.
  mutating func read(_ events: YAMLEventStream) -> Bool {
    do {
      while let event = try events.next() {
        guard take(event) else { return false }
        guard findings.count < YAMLRule.Limit.findings else { return stopped(at: event.range) }
      }
    } catch {
      let finding = unclosedQuote(before: error.offset) ?? YAMLSyntaxError(error).finding(in: source)
      // Where a text without quotes was misread, what libyaml stumbles over is its consequence.
      if misreadLine == nil || finding.code == YAMLRule.unquoted.rawValue { findings.append(finding) }
      return false
    }
    if documents == 0 { report(.empty, "the file is empty", at: 0..<0, hint: "begin with 'writ: 1'") }
    return true
  }

  /// A quote that was forgotten ends where the next one begins, lines below.
  private func unclosedQuote(before offset: Int) -> Finding? {
    guard let quoted = lastQuoted, source.line(at: quoted.lowerBound) != source.line(at: quoted.upperBound),
      source.line(at: quoted.upperBound) == source.line(at: offset)
    else { return nil }
    let line = source.place(quoted.upperBound..<quoted.upperBound).start?.line ?? 0
    return Finding(
      .syntax, "this quote is closed in line \(line) only", at: source.place(quoted.lowerBound..<quoted.lowerBound + 1),
      hint: "close it where its text ends")
  }

  private mutating func stopped(at range: Range<Int>) -> Bool {
    report(.syntax, "too many problems; the rest of the file was not read", at: range)
    return false
  }

  private mutating func take(_ located: YAMLEventStream.Located) -> Bool {
    checkProperties(located)
    switch located.event {
    case .documentStart(let directive): return beginDocument(directive: directive, at: located.range)
    case .documentEnd: return true
    case .scalar(let text, let style):
      if style == .singleQuoted || style == .doubleQuoted { lastQuoted = located.range }
      add(scalar(text, style, located))
    case .alias(let name): addAlias(name, at: located.range)
    case .sequenceStart(let isFlow): return open(.sequence([]), isFlow, located.range)
    case .mappingStart(let isFlow): return open(.mapping([], key: nil), isFlow, located.range)
    case .sequenceEnd, .mappingEnd: close(located.range)
    }
    return true
  }

  private mutating func beginDocument(directive: Bool, at range: Range<Int>) -> Bool {
    documents += 1
    if directive {
      let line = source.line(at: source.firstDirective ?? range.lowerBound)
      report(.directive, "directives are not allowed", at: line, hint: "remove the line")
    }
    guard documents > 1 else { return true }
    report(.documents, "a file holds one document", at: range, hint: "move what follows into a file of its own")
    return false
  }

  private mutating func checkProperties(_ located: YAMLEventStream.Located) {
    if let anchor = located.anchor {
      let mark = located.range.lowerBound..<located.range.lowerBound + anchor.utf8.count + 1
      report(
        .anchor, "anchors such as '&\(anchor)' are not allowed", at: mark, hint: "write the value where it is used")
    }
    guard let tag = located.tag else { return }
    if let advice = QuotingAdvice.forLine(at: located.range.lowerBound, in: source) {
      findings.append(advice.finding(in: source))
    } else {
      let end = source.line(at: located.range.lowerBound).upperBound
      let range = located.range.lowerBound..<max(located.range.lowerBound, min(located.range.upperBound, end))
      report(
        .tag, "tags such as '\(tag.hasPrefix("tag:yaml.org,2002:") ? "!!" + tag.dropFirst(18) : tag)' are not allowed",
        at: range, hint: "remove it; the key decides the type")
    }
  }

  private mutating func addAlias(_ name: String, at range: Range<Int>) {
    report(.alias, "aliases such as '*\(name)' are not allowed", at: range, hint: "write the value here again")
    add(YAMLNode(.scalar("*" + name, .plain), span: range))
  }

  private mutating func scalar(_ text: String, _ style: YAMLNode.Style, _ located: YAMLEventStream.Located) -> YAMLNode
  {
    if text.utf8.count > YAMLRule.Limit.scalar {
      report(
        .scalarSize, "this text has \(text.utf8.count) bytes; at most 64 KiB are allowed", at: located.range,
        hint: "keep long texts in a file of their own")
    }
    return YAMLNode(.scalar(text, style), span: located.range)
  }

  private mutating func open(_ content: Frame.Content, _ isFlow: Bool, _ range: Range<Int>) -> Bool {
    guard stack.count < YAMLRule.Limit.depth else {
      report(.depth, "nested more than 64 deep", at: range, hint: "put the inner parts into a workflow of their own")
      return false
    }
    stack.append(Frame(content: content, start: range.lowerBound, isFlow: isFlow))
    return true
  }

  private mutating func close(_ range: Range<Int>) {
    guard let frame = stack.popLast() else { return }
    let kind: YAMLNode.Kind
    let lastEnd: Int?
    switch frame.content {
    case .sequence(let items): (kind, lastEnd) = (.sequence(items), items.last?.span.upperBound)
    case .mapping(let entries, _): (kind, lastEnd) = (.mapping(entries), entries.last?.value.span.upperBound)
    }
    // libyaml ends a block where the next one begins; people see it end with its last value.
    let end = frame.isFlow ? range.upperBound : lastEnd ?? range.lowerBound
    add(YAMLNode(kind, span: frame.start..<max(frame.start, end)))
  }

  private mutating func add(_ node: YAMLNode) {
    guard var frame = stack.popLast() else {
      root = node
      return
    }
    switch frame.content {
    case .sequence(var items):
      frame.content = .sequence([])
      items.append(node)
      frame.content = .sequence(items)
    case .mapping(let entries, key: nil): frame.content = .mapping(entries, key: node)
    case .mapping(var entries, key: let key?):
      frame.content = .mapping([], key: nil)
      if accept(key, node, after: entries.last?.value, in: &frame) {
        entries.append(YAMLNode.Entry(key: key, value: node))
      }
      frame.content = .mapping(entries, key: nil)
    }
    stack.append(frame)
  }

  /// Whether the entry is kept: of equal keys the first is.
  private mutating func accept(_ key: YAMLNode, _ value: YAMLNode, after previous: YAMLNode?, in frame: inout Frame)
    -> Bool
  {
    guard let name = key.text, !key.isEmpty else {
      if frame.isFlow, reportMisread(key, after: previous) { return false }
      report(.key, "a key is one word", at: source.firstLine(of: key.span), hint: "put text such as this in quotes")
      return false
    }
    if name == "<<" {
      report(.mergeKey, "merge keys are not allowed", at: key.span, hint: "write the entries here")
      return false
    }
    if let first = frame.places[name] {
      let related = Finding.Related(place: source.place(first), message: "'\(name)' is first written here")
      report(.duplicateKey, "'\(name)' is written twice", at: key.span, hint: "keep one of them", related: [related])
      return false
    }
    frame.places[name] = key.span
    return hasColon(key, value, after: previous, isFlow: frame.isFlow)
  }

  /// `{when: f(a, b)}` is two entries to YAML, the second without a colon.
  private mutating func hasColon(_ key: YAMLNode, _ value: YAMLNode, after previous: YAMLNode?, isFlow: Bool) -> Bool {
    guard isFlow, value.isEmpty, !source.bytes[key.span.upperBound..<value.span.upperBound].contains(UInt8(ascii: ":"))
    else { return true }
    if !reportMisread(key, after: previous) {
      report(
        .missingColon, "inside braces every entry is 'key: value'", at: key.span,
        hint: "give '\(key.text ?? "")' a value")
    }
    return false
  }

  /// Whether a piece of text that is no key belongs to a value without quotes; each line is said once.
  private mutating func reportMisread(_ key: YAMLNode, after previous: YAMLNode?) -> Bool {
    let line = source.line(at: key.span.lowerBound).lowerBound
    if line == misreadLine { return true }
    let advice =
      QuotingAdvice.forLine(at: key.span.lowerBound, in: source)
      ?? previous.flatMap { QuotingAdvice.forValue(at: $0.span.lowerBound, in: source) }
    guard let advice else { return false }
    misreadLine = line
    if !findings.contains(where: { $0.place.start?.offset == advice.value.lowerBound }) {
      findings.append(advice.finding(in: source))
    }
    return true
  }

  private mutating func report(
    _ rule: YAMLRule, _ message: String, at range: Range<Int>, hint: String? = nil, related: [Finding.Related] = []
  ) {
    let place = range.isEmpty && rule == .empty ? Finding.Place(file: source.file) : source.place(range)
    findings.append(Finding(rule, message, at: place, hint: hint, related: related))
  }
}

extension SourceText {
  /// All of a stretch when it stands in one line, else what stands of it in its first.
  package func firstLine(of range: Range<Int>) -> Range<Int> {
    range.lowerBound..<max(range.lowerBound, min(range.upperBound, line(at: range.lowerBound).upperBound))
  }

  fileprivate var firstDirective: Int? {
    (1...lineCount).lazy.map { line($0) }.first { !$0.isEmpty && bytes[$0.lowerBound] == UInt8(ascii: "%") }?.lowerBound
  }
}
