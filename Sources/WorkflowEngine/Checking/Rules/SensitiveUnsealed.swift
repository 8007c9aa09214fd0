extension Rule {
  static let sensitiveUnsealed = Rule(
    "W124", .error, "sensitive field that cannot be sealed",
    why: """
      What is marked `sensitive` is sealed when it is taken in. That works where the field is named, whatever its value: not inside \
      a condition, and not for a whole form. A default stands in the file for all to read.
      """,
    wrong: """
      properties: {iban: {anyOf: [{type: string, sensitive: true}, {type: "null"}]}}
      """,
    right: """
      properties: {iban: {type: [string, "null"], sensitive: true}}
      """
  ) { subject in
    subject.workflow.schemas.flatMap { place in
      place.schema.unsealable(isForm: place.isForm).map { pointer, message, hint in
        Remark(message, at: place.path + pointer, focus: .key, hint: hint)
      }
    }
  }
}

extension Schema {
  fileprivate func unsealable(isForm: Bool) -> [(pointer: [PathElement], message: String, hint: String)] {
    nodes.filter(\.notes.isSensitive).compactMap { node in
      let parts = node.pointer.split(separator: "/").map { part -> String in
        String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      }
      var pointer = parts.map { part -> PathElement in Int(part).map { .index($0) } ?? .key(part) }
      pointer.append("sensitive")
      if parts.isEmpty, isForm {
        return (pointer, "a whole form is not sealed, its fields are", "mark the fields that are sensitive")
      }
      if let branch = Self.branch(in: parts) {
        return (pointer, "inside '\(branch)' nothing can be sealed", "mark the field where it is named")
      }
      if node.notes.fallback != nil {
        return (pointer, "the default of a sensitive field stands here for all to read", "leave out the default")
      }
      return nil
    }
  }

  /// The keyword on the way that says something of some values only.
  private static func branch(in parts: [String]) -> String? {
    var rest = parts[...]
    while let part = rest.popFirst() {
      if ["anyOf", "oneOf", "not", "if", "then", "else", "contains"].contains(part) { return part }
      if ["properties", "$defs", "allOf", "prefixItems"].contains(part) { _ = rest.popFirst() }
    }
    return nil
  }
}
