import CEL

extension SchemaChecker {
  func wrongType(_ value: Value, _ node: SchemaNode, _ place: Place) -> SchemaViolation? {
    guard let types = node.types, types.isDisjoint(with: SchemaTypes(of: value)) else { return nil }
    if types == .string, let format = node.text.format {
      return violation(place, "must be \(format.words), as text", node, .type)
    }
    return violation(place, "must be \(types.words)", node, .type)
  }

  func choiceViolations(_ value: Value, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    var found: [SchemaViolation] = []
    if let choices = node.choices, !node.allowed.contains(value.withUnifiedNumbers) {
      let shown = choices.prefix(12).map(\.words).joined(separator: ", ") + (choices.count > 12 ? ", ..." : "")
      found.append(violation(place, choices.count == 1 ? "must be \(shown)" : "must be one of \(shown)", node, .enum))
    }
    if let constant = node.constant, constant != value.withUnifiedNumbers {
      found.append(violation(place, "must be \(constant.words)", node, .const))
    }
    return found
  }

  /// `minimum` and its kin; they hold for the text of `format: decimal` too, which JSON Schema leaves alone.
  func numberViolations(_ value: Value, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    guard let number = ExactNumber(value) else { return [violation(place, "must be a finite number", node)] }
    let rules = node.numbers
    var found: [SchemaViolation] = []
    func require(_ bound: Value?, _ keyword: SchemaKeyword, _ words: String, _ holds: (ExactNumber) -> Bool) {
      guard let bound, let limit = ExactNumber(bound), !holds(limit) else { return }
      found.append(violation(place, "must be \(words) \(bound.words)", node, keyword))
    }
    require(rules.minimum, .minimum, "at least") { number >= $0 }
    require(rules.maximum, .maximum, "at most") { number <= $0 }
    require(rules.exclusiveMinimum, .exclusiveMinimum, "more than") { number > $0 }
    require(rules.exclusiveMaximum, .exclusiveMaximum, "less than") { number < $0 }
    require(rules.multipleOf, .multipleOf, "a multiple of") { number.isMultiple(of: $0) }
    return found
  }

  func textViolations(_ text: String, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    let rules = node.text
    if let format = rules.format, !format.accepts(text) {
      return [violation(place, "must be \(format.words)", node, .format)]
    }
    if rules.format == .person, let people, people.people[text] == nil {
      return [violation(place, "must be somebody whom people.yaml names; there is no '\(text)'", node, .format)]
    }
    var found: [SchemaViolation] = []
    let length = rules.minLength == nil && rules.maxLength == nil ? 0 : text.unicodeScalars.count
    if let least = rules.minLength, length < least {
      found.append(violation(place, "must have at least \(least.counted("character"))", node, .minLength))
    }
    if let most = rules.maxLength, length > most {
      found.append(violation(place, "must have at most \(most.counted("character"))", node, .maxLength))
    }
    if let pattern = rules.pattern, !pattern.matches(text) {
      found.append(violation(place, "must match the pattern \(pattern.pattern)", node, .pattern))
    }
    if rules.format == .decimal, let decimal = SchemaFormat.decimal(text) {
      found += numberViolations(.decimal(decimal), node, place)
    }
    return found
  }
}

extension Int {
  /// "1 item", "2 items".
  func counted(_ noun: String) -> String {
    "\(self) \(noun)\(self == 1 ? "" : "s")"
  }
}

extension Value {
  /// The value as a sentence names it.
  var words: String {
    switch self {
    case .null: "empty"
    case .bool(let bool): bool ? "true" : "false"
    case .int(let int): String(int)
    case .uint(let uint): String(uint)
    case .double(let double): Int64(exactly: double).map(String.init) ?? double.description
    case .string(let text): text.isEmpty ? "empty text" : text
    case .list(let list): "[" + list.prefix(5).map(\.words).joined(separator: ", ") + (list.count > 5 ? ", ...]" : "]")
    case .map(let map):
      "{" + map.stringPairs.prefix(5).map { "\($0): \($1.words)" }.joined(separator: ", ")
        + (map.count > 5 ? ", ...}" : "}")
    default: "a value of another kind"
    }
  }
}
