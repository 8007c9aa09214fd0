import CEL

/// One method per shape that a keyword's value can have; each reports what is wrong and reads as absent then.
extension SchemaReader {
  mutating func text(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> String? {
    guard let value = fields[keyword] else { return nil }
    if case .string(let text) = value { return text }
    report(fields.place(keyword), "'\(keyword.rawValue)' must be text")
    return nil
  }

  mutating func flag(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> Bool {
    guard let value = fields[keyword] else { return false }
    if case .bool(let flag) = value { return flag }
    report(fields.place(keyword), "'\(keyword.rawValue)' must be true or false")
    return false
  }

  mutating func number(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> Value? {
    guard let value = fields[keyword] else { return nil }
    if ExactNumber(value) != nil { return value }
    report(fields.place(keyword), "'\(keyword.rawValue)' must be a number")
    return nil
  }

  mutating func count(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> Int? {
    guard let value = fields[keyword] else { return nil }
    if case .int(let count) = value.withUnifiedNumbers, count >= 0 { return Int(count) }
    report(fields.place(keyword), "'\(keyword.rawValue)' must be a whole number, 0 or more")
    return nil
  }

  mutating func list(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> [Value]? {
    guard let value = fields[keyword] else { return nil }
    if case .list(let list) = value { return list }
    report(fields.place(keyword), "'\(keyword.rawValue)' must be a list")
    return nil
  }

  mutating func names(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> [String] {
    fields[keyword].map { names($0, at: fields.place(keyword)) } ?? []
  }

  mutating func names(_ value: Value, at pointer: String) -> [String] {
    guard case .list(let list) = value else {
      let isFlag = ["true", "false", "yes", "no"].contains(value.text)
      let name: String? =
        if isFlag {
          "name the field under 'required' of the group that it belongs to"
        } else if case .string(let text) =
          value
        { "write [\(text)]" } else { nil }
      report(pointer, "a list of names of fields was expected here", hint: name)
      return []
    }
    var names: [String] = []
    var seen: Set<Value> = []
    for (index, item) in list.enumerated() {
      let place = JSONPointer.appending(index, to: pointer)
      guard case .string(let name) = item else {
        report(place, "must be the name of a property")
        continue
      }
      if seen.insert(item).inserted { names.append(name) } else { report(place, "'\(name)' is listed twice") }
    }
    return names
  }

  mutating func map(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> ValueMap? {
    guard let value = fields[keyword] else { return nil }
    if case .map(let map) = value { return map }
    report(fields.place(keyword), "'\(keyword.rawValue)' must be a map")
    return nil
  }

  /// A keyword whose value is a schema.
  mutating func child(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> Int? {
    fields[keyword].map { read($0, at: fields.place(keyword), depth: fields.depth + 1) }
  }

  /// A keyword whose value is a list of schemas, at least one.
  mutating func children(_ keyword: SchemaKeyword, _ fields: SchemaFields) -> [Int] {
    guard let list = list(keyword, fields) else { return [] }
    if list.isEmpty { report(fields.place(keyword), "'\(keyword.rawValue)' must list at least one schema") }
    return list.enumerated().map { index, value in
      read(value, at: JSONPointer.appending(index, to: fields.place(keyword)), depth: fields.depth + 1)
    }
  }

  /// A keyword whose value is a map from names to schemas.
  mutating func children(of keyword: SchemaKeyword, _ fields: SchemaFields) -> [(name: String, node: Int)] {
    guard let map = map(keyword, fields) else { return [] }
    return map.stringPairs.map { name, value in
      (name, read(value, at: JSONPointer.appending(name, to: fields.place(keyword)), depth: fields.depth + 1))
    }
  }
}
