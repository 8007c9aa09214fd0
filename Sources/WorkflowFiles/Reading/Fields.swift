import WorkflowEngine

/// A mapping read by its table: unknown, misplaced, missing and empty keys are reported when it is opened.
struct Fields {
  let reading: Reading
  let table: KeyTable
  let node: YAMLNode
  /// What to underline when something is missing: the key above, or the mapping.
  let anchor: Range<Int>
  private let values: [String: YAMLNode]
  /// Keys of the table that were misspelt, which is said already.
  private let meant: Set<String>

  /// - Parameters:
  ///   - key: the key that the mapping stands under, if any.
  ///   - elsewhere: other places that have a key, for a better sentence than "unknown".
  init?(
    _ node: YAMLNode, _ table: KeyTable, in reading: Reading, under key: YAMLNode? = nil,
    elsewhere: (String) -> String? = { _ in nil }
  ) {
    guard let entries = node.entries else {
      reading.reportShape(table.noun, at: node, hint: table.listing)
      return nil
    }
    self.reading = reading
    self.table = table
    self.node = node
    anchor = key?.span ?? node.span.lowerBound..<min(node.span.upperBound, node.span.lowerBound + 1)
    var values: [String: YAMLNode] = [:]
    var meant: Set<String> = []
    for entry in entries {
      if table[entry.name] == nil {
        if let key = Self.reportUnknown(entry, table, reading, elsewhere) { meant.insert(key) }
      } else if entry.value.isEmpty {
        reading.report(.missingKey, "'\(entry.name)' has no value", at: entry.key)
        values[entry.name] = entry.value
      } else {
        values[entry.name] = entry.value
      }
    }
    for key in table.keys where key.isRequired && values[key.name] == nil && !meant.contains(key.name) {
      reading.report(.missingKey, "\(table.noun) needs '\(key.name)'", at: anchor, hint: key.remedy)
    }
    self.values = values.filter { !$0.value.isEmpty }
    self.meant = meant
  }

  /// The value of a key of the table, unless it is missing or empty.
  subscript(key: String) -> YAMLNode? {
    precondition(table[key] != nil, "the table of \(table.noun) has no key '\(key)'")
    return values[key]
  }

  func has(_ key: String) -> Bool { self[key] != nil }

  /// Whether the author has written the key, be it misspelt or without a value.
  func means(_ key: String) -> Bool { meant.contains(key) || node[key] != nil }

  /// Where the key itself stands.
  func keyRange(_ key: String) -> Range<Int> {
    node.entries?.first { $0.name == key }?.key.span ?? anchor
  }

  /// What one type calls otherwise than another.
  private static let counterparts = [
    "approvers": "assignees", "assignees": "approvers", "start": "initial", "steps": "states",
  ]
  /// What other languages call it.
  private static let synonyms = [
    "else": "otherwise", "default": "otherwise", "if": "when", "condition": "when", "goto": "then", "next": "then",
    "transitions": "moves", "retries": "retry", "deadline": "due", "variables": "vars", "schema": "input",
    "outputs": "output", "name": "title", "id": "name", "users": "assignees", "recipients": "to", "message": "body",
  ]

  /// Returns the key that was meant, if one is near.
  private static func reportUnknown(
    _ entry: YAMLNode.Entry, _ table: KeyTable, _ reading: Reading, _ elsewhere: (String) -> String?
  ) -> String? {
    guard !reading.isFull else { return nil }
    if table.reserved.contains(entry.name) {
      reading.report(.reserved, "'\(entry.name)' is reserved for a later version", at: entry.key, hint: "remove it")
    } else if let place = elsewhere(entry.name) {
      let meant = counterparts[entry.name].flatMap { table[$0]?.name }
      reading.report(
        .misplacedKey, "'\(entry.name)' belongs to \(place), and this is \(table.noun)", at: entry.key,
        hint: meant.map { "did you mean '\($0)'?" })
      return meant
    } else {
      let names = table.keys.map(\.name)
      let near = Nearest.word(to: entry.name, among: names) ?? synonyms[entry.name].flatMap { table[$0]?.name }
      reading.report(
        .unknownKey, "\(table.noun) has no key '\(entry.name)'", at: entry.key,
        hint: near.map { "did you mean '\($0)'?" } ?? table.listing)
      return near
    }
    return nil
  }
}

extension Fields {
  func text(_ key: String) -> String? { self[key].flatMap(reading.text) }
  func flag(_ key: String) -> Bool? { self[key].flatMap(reading.flag) }
  func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? { self[key].flatMap { reading.integer($0, range) } }
  func id(_ key: String) -> String? { self[key].flatMap { reading.id($0) } }
  func name(_ key: String) -> String? { self[key].flatMap { reading.name($0) } }
  func step(_ key: String) -> String? { self[key].flatMap(reading.step) }
  func timeSpan(_ key: String) -> TimeSpan? { self[key].flatMap(reading.timeSpan) }
  func elapsed(_ key: String) -> Duration? { self[key].flatMap(reading.elapsed) }
  func formula(_ key: String) -> Formula? { self[key].flatMap(reading.formula) }
  func template(_ key: String) -> Template? { self[key].flatMap(reading.template) }
  func selector(_ key: String) -> Selector? { self[key].flatMap { reading.selector($0) } }
  func selectors(_ key: String) -> [Selector]? { self[key].map(reading.selectors) }
  func schema(_ key: String) -> Schema? { self[key].flatMap(reading.schema) }
  func form(_ key: String) -> Schema? { self[key].flatMap(reading.form) }
  func parameters(_ key: String) -> [Parameter] { self[key].map(reading.parameters) ?? [] }
  func list(_ key: String) -> [YAMLNode] { self[key].flatMap { reading.list($0) } ?? [] }
  func list<Item>(_ key: String, _ read: (YAMLNode) -> Item?) -> [Item] {
    self[key].map { reading.list($0, read) } ?? []
  }

  /// `name: expression`; names are ids unless they are labels for people.
  func assignments(_ key: String, areLabels: Bool = false) -> [Assignment]? {
    self[key].map { reading.assignments($0, areLabels: areLabels) }
  }

  func word<Word: RawRepresentable<String> & CaseIterable>(_ key: String, as type: Word.Type = Word.self) -> Word? {
    self[key].flatMap { reading.word($0) }
  }
}

extension KeyTable {
  /// More keys than this are not listed in a hint.
  private static let listed = 12

  /// What stands here, for a hint.
  fileprivate var listing: String? {
    let names = keys.map(\.name)
    guard names.count <= Self.listed else { return nil }
    return names.count == 1 ? "its key is \(names[0])" : "its keys are \(names.joined(separator: ", "))"
  }
}
