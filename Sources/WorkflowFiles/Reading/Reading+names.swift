import WorkflowEngine

extension Reading {
  /// Ids of steps, variables and outcomes: `[a-z][a-z0-9_]*`.
  func id(_ node: YAMLNode, _ noun: String = "an id") -> String? {
    guard let text = text(node) else { return nil }
    if Self.isID(text) { return text }
    let mended = Self.mended(text, separator: "_", keeping: "")
    report(
      .name, "'\(text)' is not \(noun): small letters, digits and '_', beginning with a letter", at: node,
      hint: Self.isID(mended) ? "write '\(mended)'" : nil)
    return text
  }

  /// Names of people, roles and workflows: `[a-z0-9][a-z0-9._-]{0,63}`.
  func name(_ node: YAMLNode, _ noun: String = "a name") -> String? {
    guard let text = text(node) else { return nil }
    if Self.isName(text) { return text }
    let mended = Self.mended(text, separator: "-", keeping: "._-")
    report(
      .name, "'\(text)' is not \(noun): small letters, digits, '.', '_' and '-', at most 64", at: node,
      hint: Self.isName(mended) ? "write '\(mended)'" : Self.lookalike(in: text))
    return text
  }

  /// A character that is taken for another, or cannot be seen.
  static func lookalike(in text: String) -> String? {
    text.unicodeScalars.first { !$0.isASCII }.map { scalar in
      "it holds the character U+\(String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count)))"
        + String(scalar.value, radix: 16, uppercase: true)
    }
  }

  /// A reference to a step, judged when all steps are known.
  func step(_ node: YAMLNode) -> StepID? {
    guard let text = text(node) else { return nil }
    stepReferences.append((text, node.span))
    return text
  }

  /// Names every reference to a step that is not there.
  func resolveSteps(_ known: [StepID], noun: String) {
    let all = Set(known)
    for reference in stepReferences where !all.contains(reference.id) && !isFull {
      report(
        .unknownStep, "no \(noun) is named '\(reference.id)'", at: reference.range,
        hint: Nearest.hint(for: reference.id, among: known))
    }
  }

  /// `de`
  func languageTag(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    if !Self.isLanguage(text) {
      report(.word, "'\(text)' is no language", at: node, hint: "write it as in ISO 639: en, de, fr")
    }
    return text
  }

  static func isLanguage(_ text: String) -> Bool {
    (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
  }

  static func isID(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }

  /// The nearest thing that the pattern allows.
  private static func mended(_ text: String, separator: Character, keeping: String) -> String {
    String(
      text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || keeping.contains($0)) ? $0 : separator })
  }
}
