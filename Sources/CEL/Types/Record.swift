/// The fields of a record, in the order of the schema.
package struct Record: Sendable, Hashable {
  package struct Field: Sendable, Hashable {
    package let name: String
    package let type: Type
    /// Whether the field is always there. One that may be absent is read with `has()` or `.?`.
    package let isRequired: Bool

    package init(name: String, type: Type, isRequired: Bool) {
      self.name = name
      self.type = type
      self.isRequired = isRequired
    }
  }

  package let fields: [Field]
  /// Whether fields that are not listed may be there as well.
  package let isOpen: Bool

  /// Where each name stands, of a record with many fields.
  private let places: [String: Int]

  /// Up to so many fields, looking at each is faster than searching.
  private static let scanLimit = 16

  package init(fields: [Field], isOpen: Bool = false) {
    self.fields = fields
    self.isOpen = isOpen
    let places = fields.count > Self.scanLimit ? fields.enumerated().map { ($1.name, $0) } : []
    self.places = Dictionary(places, uniquingKeysWith: { first, _ in first })
  }

  package subscript(name: String) -> Field? {
    if !places.isEmpty {
      guard let place = places[name] else { return nil }
      // A dictionary takes different spellings of 'é' for one key.
      if fields[place].name.hasSameBytes(as: name) { return fields[place] }
    }
    return fields.first { $0.name.hasSameBytes(as: name) }
  }
}
