import CEL

extension SchemaNode {
  /// Keywords that say nothing, or that nothing can meet, beside what else the node says.
  var idleKeywords: [SchemaProblem] { emptyRanges + keywordsOfOtherTypes }

  private var emptyRanges: [SchemaProblem] {
    let number = { (value: Value?) in value.flatMap { ExactNumber($0) } }
    let count = { (value: Int?) in value.flatMap { ExactNumber(.int(Int64($0))) } }
    let lowest = number(numbers.minimum) ?? number(numbers.exclusiveMinimum)
    let ranges: [(low: ExactNumber?, high: ExactNumber?, keyword: SchemaKeyword, other: String)] = [
      (lowest, number(numbers.maximum), .maximum, "minimum"),
      (lowest, number(numbers.exclusiveMaximum), .exclusiveMaximum, "minimum"),
      (count(text.minLength), count(text.maxLength), .maxLength, "minLength"),
      (count(items.minItems), count(items.maxItems), .maxItems, "minItems"),
      (count(items.minContains), count(items.maxContains), .maxContains, "minContains"),
      (count(fields.minProperties), count(fields.maxProperties), .maxProperties, "minProperties"),
    ]
    return ranges.compactMap { range in
      guard let low = range.low, let high = range.high, high < low else { return nil }
      return problem(range.keyword, "'\(range.keyword.rawValue)' is below '\(range.other)', so nothing fits")
    }
  }

  private var keywordsOfOtherTypes: [SchemaProblem] {
    guard let types else { return [] }
    let written: [(isWritten: Bool, keyword: SchemaKeyword, about: SchemaTypes)] = [
      (numbers.minimum != nil, .minimum, [.integer, .number]), (numbers.maximum != nil, .maximum, [.integer, .number]),
      (numbers.exclusiveMinimum != nil, .exclusiveMinimum, [.integer, .number]),
      (numbers.exclusiveMaximum != nil, .exclusiveMaximum, [.integer, .number]),
      (numbers.multipleOf != nil, .multipleOf, [.integer, .number]),
      (text.minLength != nil, .minLength, .string), (text.maxLength != nil, .maxLength, .string),
      (text.pattern != nil, .pattern, .string), (text.format != nil, .format, .string),
      (items.rest != nil, .items, .array), (!items.prefix.isEmpty, .prefixItems, .array),
      (items.contains != nil, .contains, .array), (items.minItems != nil, .minItems, .array),
      (items.maxItems != nil, .maxItems, .array), (items.unique, .uniqueItems, .array),
      (!fields.names.isEmpty, .properties, .object), (!fields.required.isEmpty, .required, .object),
      (fields.minProperties != nil, .minProperties, .object), (fields.maxProperties != nil, .maxProperties, .object),
    ]
    return written.filter { $0.isWritten && types.isDisjoint(with: $0.about) }.prefix(1).map { _, keyword, about in
      let words = about.contains(.number) ? SchemaTypes.number.words : about.words
      return problem(keyword, "'\(keyword.rawValue)' is about \(words), and this is \(types.words)")
    }
  }

  private func problem(_ keyword: SchemaKeyword, _ message: String) -> SchemaProblem {
    SchemaProblem(
      pointer: JSONPointer.appending(keyword.rawValue, to: pointer), message: message,
      hint: "remove it, or mend the other")
  }
}
