/// The keys of one kind of mapping, in one declarative place: what readers accept, what sentences about slips name, and
/// what an editor's schema can be made of.
package struct KeyTable: Sendable {
  /// For sentences: `an approval`.
  package let noun: String
  package let keys: [Key]
  /// Keys that a later version of the language gives a meaning.
  let reserved: [String]
  private let byName: [String: Key]

  package init(_ noun: String, _ keys: [Key], reserved: [String] = []) {
    self.noun = noun
    self.keys = keys
    self.reserved = reserved
    byName = Dictionary(uniqueKeysWithValues: keys.map { ($0.name, $0) })
  }

  package subscript(name: String) -> Key? { byName[name] }

  /// One key: its name, what it takes, and a sentence for people who write it.
  package struct Key: Sendable {
    package let name: String
    package let kind: Kind
    package let isRequired: Bool
    package let doc: String

    init(_ name: String, _ kind: Kind, required: Bool = false, _ doc: String) {
      self.name = name
      self.kind = kind
      self.doc = doc
      isRequired = required
    }

    /// What to write when it is missing.
    var remedy: String {
      if case .words(let words) = kind, words.count == 1 {
        "add '\(name): \(words[0])'"
      } else {
        "add '\(name)': \(doc)"
      }
    }
  }

  /// What a key takes.
  package indirect enum Kind: Sendable {
    case text
    case flag
    case integer(ClosedRange<Int>)
    case number
    /// One of these words.
    case words([String])
    /// `[a-z][a-z0-9_]*`
    case id
    /// `[a-z0-9][a-z0-9._-]{0,63}`
    case name
    case step
    case date
    case timeOfDay
    case timeSpan
    /// A time span that is not counted on a calendar.
    case elapsed
    case expression
    case template
    case selector
    case selectors
    /// `name: expression`
    case assignments
    /// A JSON Schema.
    case schema
    /// Any value, its texts with `${...}`.
    case parameters
    /// Any value.
    case value
    /// A step, or a mapping from outcome to step.
    case targets
    case object(KeyTable)
    case list(Kind)
    /// A mapping from names of the author's choice.
    case map(Kind)
    case oneOf([Kind])
  }
}
