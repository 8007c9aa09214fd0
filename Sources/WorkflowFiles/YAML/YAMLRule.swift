import WorkflowEngine

/// What a file must keep to before its meaning is looked at. The raw value is the code that people see.
package enum YAMLRule: String, Sendable, CaseIterable {
  case encoding = "W021"
  case character = "W022"
  case fileSize = "W023"
  case depth = "W024"
  case scalarSize = "W025"
  case syntax = "W026"
  case anchor = "W027"
  case alias = "W028"
  case mergeKey = "W029"
  case tag = "W030"
  case documents = "W031"
  case directive = "W032"
  case duplicateKey = "W033"
  case key = "W034"
  case empty = "W035"
  case tab = "W036"
  case unquoted = "W037"
  case missingColon = "W038"

  /// The limits of language version 1.
  package enum Limit {
    /// Bytes in a file.
    package static let file = 1 << 20
    /// Bytes in the text of one scalar.
    package static let scalar = 64 << 10
    /// Mappings and sequences inside each other.
    package static let depth = 64
    /// After so many problems a file is not read further.
    package static let findings = 100
  }

  /// What `writ explain` says.
  package var explanation: String {
    switch self {
    case .encoding:
      "Files are UTF-8. A byte order mark at the beginning is allowed and ignored; UTF-16 and other encodings are not."
    case .character:
      """
      Control characters, the line breaks that editors do not show (U+0085, U+2028, U+2029) and characters that reverse \
      the direction of text are refused, because what a reviewer sees must be what the runner reads. Inside double \
      quotes they can be written as escapes.
      """
    case .fileSize: "A file has at most 1 MiB."
    case .depth: "Mappings and lists are nested at most 64 deep."
    case .scalarSize: "One text has at most 64 KiB."
    case .syntax: "The file is not well-formed YAML."
    case .anchor, .alias, .mergeKey:
      "Anchors, aliases and merge keys are refused: every place in a file is changed where it stands, never from afar."
    case .tag: "Tags such as !!int are refused: a value has the type that its key wants, however it is written."
    case .documents: "A file holds one document. A leading '---' is allowed."
    case .directive: "Directives such as %YAML are refused."
    case .duplicateKey: "A key stands once in its mapping; other YAML readers silently keep the last one."
    case .key: "A key is one word, not a list or a mapping."
    case .empty: "The file holds nothing but comments."
    case .tab: "YAML does not allow tabs for indentation."
    case .unquoted:
      """
      An expression that starts with ! " ' [ { or contains ': ' or ' #', or commas and brackets inside braces, means \
      something else to YAML and must be quoted.
      """
    case .missingColon: "Inside braces every entry is 'key: value'."
    }
  }
}

extension Finding {
  /// A breach of a reading rule.
  package init(
    _ rule: YAMLRule, _ message: String, at place: Place, hint: String? = nil, fix: String? = nil,
    related: [Related] = []
  ) {
    self.init(rule.rawValue, .error, message, at: place, hint: hint, fix: fix, related: related)
  }
}
