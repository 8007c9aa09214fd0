import CEL
import Testing

@Suite("Regular expressions")
struct LinearRegexTests {
  static let rows: [(pattern: String, text: String, matches: Bool)] = [
    ("b+", "abbc", true), ("^b", "abc", false), ("c$", "abc", true), ("a|b|", "x", true), ("^(ab)*$", "ababab", true),
    ("^(ab)*$", "aba", false), ("^a{2,3}$", "aa", true), ("^a{2,3}$", "aaaa", false), ("^a{2}$", "aaa", false),
    ("^a{,3}$", "a{,3}", true), ("[^a-c]", "abc", false), ("^[a\\-z]+$", "a-z", true), ("^[]a]+$", "]a", true),
    ("^\\d+\\.\\d{2}$", "12.50", true), ("\\bcat\\b", "a cat.", true), ("\\bcat\\b", "concat", false),
    ("(?i)straße", "STRAßE", true), ("(?i)^[a-c]+$", "ABC", true), ("(?s)a.b", "a\nb", true), ("a.b", "a\nb", false),
    ("(?m)^b$", "a\nb\nc", true), ("^\\p{Lu}\\pL+$", "Ärger", true), ("^\\P{L}$", "ä", false),
    ("^[[:alpha:]]+$", "abc", true),
    ("^\\Qa.b\\E$", "a.b", true), ("^\\x41\\x{1F600}$", "A😀", true), ("^.$", "😀", true), ("(a*)*$", "b", true),
    ("^(?:a?){20}a{20}$", "aaaaaaaaaaaaaaaaaaaa", true), ("^(?P<year>\\d{4})$", "2026", true), ("", "", true),
  ]

  @Test("matches as RE2 does", arguments: rows)
  func matching(row: (pattern: String, text: String, matches: Bool)) throws {
    #expect(try LinearRegex(row.pattern).matches(row.text) == row.matches)
  }

  @Test(
    "what is no pattern, or needs more than linear time, is refused",
    arguments: [
      "(", ")", "[a", "a**b++*", "*a", "\\1", "(a)\\1", "(?=a)", "(?<!a)", "a{2,1}", "a{1001}", "((a{1000}){1000})",
      "\\",
      "[z-a]", "\\p{Klingon}", "(?z)", "\\y", "(?P<>a)",
    ])
  func refused(pattern: String) {
    #expect(throws: RegexError.self) { try LinearRegex(pattern) }
  }

  @Test("a pattern that makes others explode takes linear time")
  func linear() throws {
    let regex = try LinearRegex("^(a+)+$|(x+x+)+y")
    #expect(!regex.matches(String(repeating: "a", count: 5_000) + "!" + String(repeating: "x", count: 5_000)))
  }

  @Test("JSON Schema's dialect knows its escapes")
  func ecmaScript() throws {
    #expect(try LinearRegex("^\\u00e9\\cA\\s$", dialect: .ecmaScript).matches("é\u{01}\u{a0}"))
    #expect(try LinearRegex("^\\p{Letter}+$", dialect: .ecmaScript).matches("é"))
    #expect(try !LinearRegex("\\s").matches("\u{a0}"))
    #expect(try LinearRegex("^\\ud83d\\ude00$", dialect: .ecmaScript).matches("😀"))
  }

  @Test("a class of thousands of characters is searched for each, not walked", .timeLimit(.minutes(5)))
  func wideClass() throws {
    let letters = (0..<20_000).compactMap { Unicode.Scalar(0x4E00 + $0 * 2 % 0x5000) }.map { String($0) }
    let regex = try LinearRegex("^[^" + letters.joined() + "a-c]+$")
    #expect(regex.matches(String(repeating: "\u{4E01}", count: 100_000)))
    #expect(!regex.matches("\u{4E01}\u{4E02}"))
    #expect(try LinearRegex("^[x-zb-db-fé-ëä\\pN]+$").matches("zbfë7ä"))
    #expect(try !LinearRegex("^[x-zb-db-f]+$").matches("g"))
  }

  @Test("a pattern has at most 64 KiB")
  func long() {
    #expect(throws: RegexError.self) { try LinearRegex(String(repeating: "a", count: LinearRegex.longest + 1)) }
  }
}
