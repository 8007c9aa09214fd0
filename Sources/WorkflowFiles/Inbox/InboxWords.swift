import WorkflowEngine

/// The words with which people decide.
enum InboxWords {
  static let howToDecide = "write 'decision: approve', 'decision: reject' or 'decision: return'"

  /// Takes `Approve`, `approved`, `APPROVE!`; a word of another kind (`yes`) is asked back, because a decision is kept
  /// as the person's own.
  static func verdict(_ text: String) -> Decision.Verdict? {
    switch folded(text) {
    case "approve", "approved", "approves": .approve
    case "reject", "rejected", "rejects": .reject
    case "return", "returned", "returns": .sendBack
    default: nil
    }
  }

  static func answer(to text: String) -> InboxAnswer {
    let word = folded(text)
    let meant: String? =
      switch word {
      case "yes", "y", "ok", "okay", "accept", "accepted", "agree", "agreed", "fine", "lgtm", "+1", "true": "approve"
      case "no", "n", "deny", "denied", "decline", "declined", "refuse", "refused", "disapprove", "-1", "false":
        "reject"
      case "back", "send back", "send-back", "sent back", "revise", "rework", "change": "return"
      default: Nearest.word(to: word, among: Decision.Verdict.allCases.map(\.rawValue))
      }
    return InboxAnswer(
      problem: "'\(shortened(trimmed(text)))' is none of the words approve, reject and return",
      remedy: meant.map { "if that is what you mean, write 'decision: \($0)'" } ?? howToDecide)
  }

  /// Lower-case, without spaces and punctuation around it.
  static func folded(_ text: String) -> String {
    trimmed(text, more: ".!,;:'\"`“”‘’()*_").lowercased()
  }

  /// Without white space around it, the unbreakable kind of web editors included.
  static func trimmed(_ text: String) -> String { trimmed(text, more: "") }

  private static func trimmed(_ text: String, more: String) -> String {
    let extra = Set(more.unicodeScalars)
    let isOuter: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0 == "\u{200B}" || extra.contains($0) }
    let scalars = text.unicodeScalars.drop(while: isOuter)
    guard let last = scalars.lastIndex(where: { !isOuter($0) }) else { return "" }
    return String(String.UnicodeScalarView(scalars[...last]))
  }

  private static func shortened(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(40) + "…"
  }
}
