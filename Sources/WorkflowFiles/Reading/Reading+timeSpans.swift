import WorkflowEngine

extension Reading {
  /// `30s`, `90m`, `4h`, `3d`, `2w`, ISO 8601, `4 business hours`, `2 business days`.
  func timeSpan(_ node: YAMLNode) -> TimeSpan? {
    guard let text = text(node) else { return nil }
    switch TimeSpan.parse(text) {
    case .success(let span): return span
    case .failure(let mistake):
      report(.timeSpan, mistake.message, at: node, hint: mistake.hint)
      return nil
    }
  }

  /// A time span that no calendar changes.
  func elapsed(_ node: YAMLNode) -> Duration? {
    guard let span = timeSpan(node) else { return nil }
    if case .elapsed(let duration) = span { return duration }
    report(
      .timeSpan, "business time cannot be used here", at: node, hint: "write an elapsed time such as 30s, 5m or 2h")
    return nil
  }
}

extension TimeSpan {
  struct Mistake: Error, Equatable {
    var message: String
    var hint: String?
  }

  /// As a file spells it; mistakes that people make are answered with what they meant.
  static func parse(_ text: String) -> Result<TimeSpan, Mistake> {
    let words = text.split(separator: " ", omittingEmptySubsequences: true).map { $0.lowercased() }
    if let span = business(words) { return checked(span, text) }
    if text.first == "P" || text.first == "p" { return iso(text) }
    if words.count == 1, let span = short(Substring(text)) { return checked(span, text) }
    return .failure(Mistake(message: "'\(text)' is not a length of time", hint: meant(words)))
  }

  /// More than a century is a slip of the pen, and less than nothing cannot be waited for.
  private static let longest = 100 * 366 * 86_400

  private static func checked(_ span: TimeSpan?, _ text: String) -> Result<TimeSpan, Mistake> {
    switch span {
    case .elapsed(let duration)? where duration <= .seconds(longest): .success(.elapsed(duration))
    case .businessDays(let n)? where n <= 36_500: .success(.businessDays(n))
    case .businessHours(let n)? where n <= 876_000: .success(.businessHours(n))
    default: .failure(Mistake(message: "'\(text)' is longer than a hundred years", hint: nil))
    }
  }

  private static let seconds: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]

  /// `90m`; `nil` inside when the number is too big.
  private static func short(_ text: Substring) -> TimeSpan?? {
    guard let unit = text.last, let size = seconds[unit], isDigits(text.dropLast()) else { return nil }
    guard let number = Int(text.dropLast()), number <= longest / size else { return .some(nil) }
    return .elapsed(.seconds(number * size))
  }

  /// `2 business days`
  private static func business(_ words: [String]) -> TimeSpan?? {
    guard words.count == 3, words[1] == "business", isDigits(words[0]) else { return nil }
    let number = Int(words[0])
    switch words[2] {
    case "day", "days": return number.map { .businessDays($0) }
    case "hour", "hours": return number.map { .businessHours($0) }
    default: return nil
    }
  }

  /// `P1W`, `P1DT12H30M10S`. Months and years have no length, so they are refused.
  private static func iso(_ text: String) -> Result<TimeSpan, Mistake> {
    let mistake = Mistake(message: "'\(text)' is not an ISO 8601 duration", hint: "write 90m, or PT90M")
    var order = Substring("WDTHMS")
    var number = ""
    var total = 0
    var isTime = false
    for character in text.uppercased().dropFirst() {
      if character.isASCII, character.isNumber {
        number.append(character)
        continue
      }
      if character == "Y" || (character == "M" && !isTime) {
        return .failure(Mistake(message: "months and years have no fixed length", hint: "write days: 30d"))
      }
      guard let place = order.firstIndex(of: character), (character == "T") == number.isEmpty,
        isTime || !"HS".contains(character)
      else {
        return .failure(mistake)
      }
      order = order[order.index(after: place)...]
      if character == "T" { isTime = true }
      guard let size = character == "T" ? 0 : seconds[Character(character.lowercased())],
        let count = number.isEmpty ? 0 : Int(number), count <= longest
      else { return .failure(mistake) }
      total += count * size
      number = ""
    }
    guard number.isEmpty, text.count > 2, text.last != "T", text.last != "t" else { return .failure(mistake) }
    return checked(.elapsed(.seconds(total)), text)
  }

  private static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// What somebody meant who wrote `2 days`, `90 min`, `2 working days`, `5` or `1.5h`.
  private static func meant(_ words: [String]) -> String {
    let general = "write 30s, 90m, 4h, 3d, 2w or 2 business days"
    let text = words.joined(separator: " ")
    let number = text.prefix { $0.isASCII && $0.isNumber }
    guard !number.isEmpty else { return general }
    let unit = text.dropFirst(number.count).drop { $0 == " " }
    if unit.hasPrefix(".") || unit.hasPrefix(",") {
      return "write a whole number of a smaller unit: 90m for one and a half hours"
    }
    if unit.isEmpty { return "write a unit: \(number)s, \(number)m, \(number)h or \(number)d" }
    if ["workday", "workdays", "working day", "working days", "bd", "business-days"].contains(unit) {
      return "write \(number) business days"
    }
    if ["working hour", "working hours", "bh", "business-hours"].contains(unit) {
      return "write \(number) business hours"
    }
    for name in ["second", "minute", "hour", "day", "week"]
    where unit == name || unit == name + "s" || unit == name.prefix(3) || unit == name.prefix(3) + "s"
      || unit == name.prefix(1)
    {
      return "write \(number)\(name.prefix(1))"
    }
    if unit.hasPrefix("month") || unit.hasPrefix("year") {
      return "months and years have no fixed length; write days: 30d"
    }
    return general
  }
}
