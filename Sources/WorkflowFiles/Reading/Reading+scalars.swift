import CEL
import WorkflowEngine

extension Reading {
  func text(_ node: YAMLNode) -> String? {
    if let text = node.text { return text }
    reportShape(
      "a text", at: node, hint: oneLine(node).map { "to mean it as a text, write \(QuotingAdvice.quoted($0))" })
    return nil
  }

  func flag(_ node: YAMLNode) -> Bool? {
    switch node.text {
    case "true": return true
    case "false": return false
    case let text?:
      let meant = ["yes": "true", "on": "true", "no": "false", "off": "false"][text.lowercased()]
      report(.word, "'\(text)' is neither true nor false", at: node, hint: meant.map { "write \($0)" })
    case nil: reportShape("true or false", at: node)
    }
    return nil
  }

  func integer(_ node: YAMLNode, _ range: ClosedRange<Int>) -> Int? {
    guard let text = node.text else {
      reportShape("a whole number", at: node)
      return nil
    }
    guard let number = Int(digits: text) else {
      report(.number, "'\(text)' is not a whole number", at: node)
      return nil
    }
    guard range.contains(number) else {
      let most = range.upperBound == .max ? "or more" : "to \(range.upperBound)"
      report(.number, "\(text) is outside \(range.lowerBound) \(most)", at: node)
      return nil
    }
    return number
  }

  /// A number as JSON spells it, not below 0.
  func number(_ node: YAMLNode) -> Double? {
    guard let text = node.text, let value = try? Value(json: text.utf8) else {
      report(.number, "a number was expected here", at: node)
      return nil
    }
    switch value {
    case .int(let number) where number >= 0: return Double(number)
    case .double(let number) where number >= 0: return number
    default:
      report(.number, "'\(text)' is not a number from 0", at: node)
      return nil
    }
  }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable<String> & CaseIterable>(_ node: YAMLNode) -> Word? {
    let words = Word.allCases.map(\.rawValue)
    return choice(node, words).flatMap(Word.init)
  }

  func choice(_ node: YAMLNode, _ words: [String]) -> String? {
    guard let text = node.text else {
      reportShape(words.joined(separator: " or "), at: node)
      return nil
    }
    if words.contains(text) { return text }
    report(
      .word, "'\(text)' is not allowed here", at: node,
      hint: Nearest.hint(for: text, among: words) ?? "write \(words.joined(separator: ", "))")
    return nil
  }

  /// A list; a single item where a list belongs is named, and goes on as a list of one.
  func list(_ node: YAMLNode) -> [YAMLNode]? {
    if let items = node.items { return items.filter { isFilled($0) } }
    reportShape("a list", at: node, hint: oneLine(node).map { "write [\($0)]" })
    return [node]
  }

  /// The same, with each item read: what is wrong with a single one inside is said when it stands in a list.
  func list<Item>(_ node: YAMLNode, _ read: (YAMLNode) -> Item?) -> [Item] {
    if let items = node.items { return items.filter { isFilled($0) }.compactMap(read) }
    let (item, isSound) = quietly { read(node) }
    reportShape(
      "a list", at: node,
      hint: isSound ? oneLine(node).map { "write [\($0)]" } : "write each item after '- ', or all of them inside [ ]")
    return item.map { [$0] } ?? []
  }

  private func isFilled(_ item: YAMLNode) -> Bool {
    if item.isEmpty { report(.missingKey, "this item of the list is empty", at: item) }
    return !item.isEmpty
  }

  func texts(_ node: YAMLNode) -> [String] { list(node, text) }

  /// What is written, if it stands in one line.
  func oneLine(_ node: YAMLNode) -> String? {
    source.firstLine(of: node.span) == node.span && node.span.count <= 80 ? source.text(node.span) : nil
  }
}

extension Int {
  /// Decimal digits as JSON spells an integer: no `+`, no leading zeros.
  init?(digits text: some StringProtocol) {
    let magnitude = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !magnitude.isEmpty, magnitude.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      magnitude.utf8.count == 1 || magnitude.utf8.first != 0x30
    else { return nil }
    self.init(text)
  }
}
