/// A set of characters, as a class in brackets names it.
struct ScalarSet: Sendable {
  enum Item: Sendable, Hashable {
    case range(ClosedRange<UInt32>)
    case category(Set<Unicode.GeneralCategory>)
    case whiteSpace
    indirect case not(Item)
    case union([Item])
  }

  /// In order and apart from each other, so that a class of thousands of characters is searched, not walked.
  private let ranges: [ClosedRange<UInt32>]
  /// Everything else that is named, each once: there are not many names.
  private let properties: [Item]
  private let isNegated: Bool
  private let ignoresCase: Bool
  /// The answers for ASCII.
  private var ascii: (UInt64, UInt64) = (0, 0)

  init(_ items: [Item], isNegated: Bool = false, ignoresCase: Bool = false) {
    (ranges, properties) = Self.sorted(items)
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
    for value in UInt32(0)..<128 where isMember(Unicode.Scalar(UInt8(value))) {
      if value < 64 { ascii.0 |= 1 << UInt64(value) } else { ascii.1 |= 1 << UInt64(value - 64) }
    }
  }

  private static func sorted(_ items: [Item]) -> ([ClosedRange<UInt32>], [Item]) {
    var ranges: [ClosedRange<UInt32>] = []
    var properties: Set<Item> = []
    var rest = items
    while let item = rest.popLast() {
      switch item {
      case .range(let range): ranges.append(range)
      case .union(let parts): rest += parts
      case .category, .whiteSpace, .not: properties.insert(item)
      }
    }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    var apart: [ClosedRange<UInt32>] = []
    for range in ranges {
      if let last = apart.last, range.lowerBound <= last.upperBound {
        apart[apart.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        apart.append(range)
      }
    }
    return (apart, Array(properties))
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 64 { return ascii.0 >> UInt64(value) & 1 == 1 }
    if value < 128 { return ascii.1 >> UInt64(value - 64) & 1 == 1 }
    return isMember(scalar)
  }

  private func isMember(_ scalar: Unicode.Scalar) -> Bool {
    let found = isNamed(scalar) || (ignoresCase && isOtherCaseNamed(scalar))
    return found != isNegated
  }

  private func isNamed(_ scalar: Unicode.Scalar) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
    }
    if low < ranges.count, ranges[low].contains(scalar.value) { return true }
    return properties.contains { $0.contains(scalar) }
  }

  private func isOtherCaseNamed(_ scalar: Unicode.Scalar) -> Bool {
    [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].contains { text in
      guard let other = text.unicodeScalars.first, text.unicodeScalars.count == 1 else { return false }
      return isNamed(other)
    }
  }

  static let digits: Item = .range(0x30...0x39)
  static let wordItem: Item = .union([
    .range(0x30...0x39), .range(0x41...0x5A), .range(0x5F...0x5F), .range(0x61...0x7A),
  ])
  static let word = ScalarSet([wordItem])
  static let asciiSpace: Item = .union([.range(0x09...0x0A), .range(0x0C...0x0D), .range(0x20...0x20)])
  static let any = ScalarSet([], isNegated: true)
  static let anyInLine = ScalarSet([.range(0x0A...0x0A)], isNegated: true)
}

extension ScalarSet.Item {
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .range(let range): range.contains(scalar.value)
    case .category(let categories): categories.contains(scalar.properties.generalCategory)
    case .whiteSpace: scalar.properties.isWhitespace && scalar != "\u{85}" || scalar == "\u{FEFF}"
    case .not(let item): !item.contains(scalar)
    case .union(let items): items.contains { $0.contains(scalar) }
    }
  }

  /// `\p{Lu}`, `\pL`, `\p{Letter}`; nil for a name that is not a general category.
  static func category(named name: String) -> ScalarSet.Item? {
    if name == "Any" { return .range(0...0x10FFFF) }
    if name == "ASCII" { return .range(0...0x7F) }
    if name == "White_Space" { return .whiteSpace }
    return categories[name].map { .category($0) }
  }

  private static let categories: [String: Set<Unicode.GeneralCategory>] = {
    let single: [([String], Unicode.GeneralCategory)] = [
      (["Lu", "Uppercase_Letter"], .uppercaseLetter), (["Ll", "Lowercase_Letter"], .lowercaseLetter),
      (["Lt", "Titlecase_Letter"], .titlecaseLetter), (["Lm", "Modifier_Letter"], .modifierLetter),
      (["Lo", "Other_Letter"], .otherLetter), (["Mn", "Nonspacing_Mark"], .nonspacingMark),
      (["Mc", "Spacing_Mark"], .spacingMark), (["Me", "Enclosing_Mark"], .enclosingMark),
      (["Nd", "Decimal_Number", "digit"], .decimalNumber), (["Nl", "Letter_Number"], .letterNumber),
      (["No", "Other_Number"], .otherNumber), (["Pc", "Connector_Punctuation"], .connectorPunctuation),
      (["Pd", "Dash_Punctuation"], .dashPunctuation), (["Ps", "Open_Punctuation"], .openPunctuation),
      (["Pe", "Close_Punctuation"], .closePunctuation), (["Pi", "Initial_Punctuation"], .initialPunctuation),
      (["Pf", "Final_Punctuation"], .finalPunctuation), (["Po", "Other_Punctuation"], .otherPunctuation),
      (["Sm", "Math_Symbol"], .mathSymbol), (["Sc", "Currency_Symbol"], .currencySymbol),
      (["Sk", "Modifier_Symbol"], .modifierSymbol), (["So", "Other_Symbol"], .otherSymbol),
      (["Zs", "Space_Separator"], .spaceSeparator), (["Zl", "Line_Separator"], .lineSeparator),
      (["Zp", "Paragraph_Separator"], .paragraphSeparator), (["Cc", "Control"], .control), (["Cf", "Format"], .format),
      (["Co", "Private_Use"], .privateUse), (["Cn", "Unassigned"], .unassigned),
    ]
    var table: [String: Set<Unicode.GeneralCategory>] = [:]
    let groups = [
      "L": "Letter", "M": "Mark", "N": "Number", "P": "Punctuation", "S": "Symbol", "Z": "Separator", "C": "Other",
    ]
    for (names, category) in single {
      for name in names { table[name] = [category] }
      let group = String(names[0].prefix(1))
      table[group, default: []].insert(category)
      if let long = groups[group] { table[long, default: []].insert(category) }
    }
    return table
  }()
}
