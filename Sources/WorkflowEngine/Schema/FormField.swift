package import CEL

/// A field of a form that a schema asks for.
package struct FormField: Sendable, Hashable {
  /// How the field is filled in.
  package indirect enum Kind: Sendable, Hashable {
    case text, longText, email, url
    case integer, number, decimal, boolean
    /// One of these values.
    case choice([Value])
    /// Any of these values, each once.
    case choices([Value])
    case date, time, dateTime
    /// The name of a person of `people.yaml`.
    case person
    case file
    /// Any number of items like this one, whose name is that of the list.
    case list(FormField)
    case object([FormField])
    /// Anything else: JSON, typed as text.
    case json
  }

  /// The key to submit the field under: `amount`, or `address.city` inside an object.
  package let name: String
  /// The schema's `title`, else the last part of the name.
  package let title: String
  /// The schema's `description`.
  package let help: String?
  package let kind: Kind
  package let isRequired: Bool
  package let isSensitive: Bool
  package let isReadOnly: Bool
  package let fallback: Value?
  package let example: Value?
  package let minimum: Value?
  package let maximum: Value?
  package let multipleOf: Value?
  package let minLength: Int?
  package let maxLength: Int?
  package let minItems: Int?
  package let maxItems: Int?
  package let pattern: String?

  /// Whether it, or a field inside it, is marked `sensitive`.
  package var asksForSensitive: Bool {
    switch kind {
    case _ where isSensitive: true
    case .object(let fields): fields.contains(where: \.asksForSensitive)
    case .list(let item): item.asksForSensitive
    default: false
    }
  }
}
