/// What gives a secret away.
extension String {
  private static let names = ["authorization", "token", "password", "passwd", "secret", "apikey", "privatekey"]

  /// `api_key`, `Authorization`, `x-auth-token`.
  var soundsSecret: Bool {
    let letters = lowercased().filter(\.isLetter)
    return Self.names.contains { letters.hasSuffix($0) }
  }

  /// How those who give out keys begin them.
  private static let beginnings = [
    "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk_live_", "rk_live_", "xoxb-", "xoxp-", "AKIA", "-----BEGIN ",
  ]

  /// A key by its looks, or one in a url: `https://user:password@host`, `?token=...`.
  var looksSecret: Bool {
    let words = split { $0 == " " || $0 == "\"" || $0 == "'" || $0 == "=" || $0 == "\n" }
    return words.contains { word in
      Self.beginnings.contains { word.hasPrefix($0) && word.count >= 16 } || word == "-----BEGIN"
    } || hasPasswordInURL || hasSecretQuery
  }

  private var hasPasswordInURL: Bool {
    guard let scheme = firstRange(of: "://") else { return false }
    let authority = self[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else { return false }
    return authority.index(after: colon) < at
  }

  private var hasSecretQuery: Bool {
    guard contains("://") || hasPrefix("/"), let query = firstIndex(of: "?") else { return false }
    return self[index(after: query)...].split(separator: "&").contains { part in
      let parts = part.split(separator: "=", maxSplits: 1)
      return parts.count == 2 && String(parts[0]).soundsSecret
    }
  }
}
