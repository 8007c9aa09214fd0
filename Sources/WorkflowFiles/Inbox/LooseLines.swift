/// Mends what people most often write that YAML does not read: a reason with `: ` or ` #` or an opening quote in it.
enum LooseLines {
  /// The file with the text after `decision:`, `reason:` and `answer:` in quotes, without byte order mark and carriage returns.
  static func quoted(_ bytes: [UInt8]) -> [UInt8] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    return Array(lines.map(quotedLine).joined(separator: [0x0A]))
  }

  private static func quotedLine(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let line = line.last == 0x0D ? line.dropLast() : line
    guard let text = String(validating: line, as: UTF8.self), let colon = text.firstIndex(of: ":") else {
      return Array(line)
    }
    let key = InboxWords.folded(String(text[..<colon]))
    let rest = InboxWords.trimmed(String(text[text.index(after: colon)...]))
    guard ["decision", "reason", "answer"].contains(key), !rest.isEmpty, rest != "|", rest != ">" else {
      return Array(line)
    }
    var quoted = Array("\(key): ".utf8)
    QuotedText.append(rest, to: &quoted)
    return quoted
  }
}
