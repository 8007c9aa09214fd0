package import WorkflowEngine

/// What a path on the ref `state` means.
package enum StatePath: Sendable, Hashable {
  case format
  case runner
  case instance(InstanceID, InstanceFileKind, StateLayout.Place)
  case version(workflow: String, Int)
  case versionText(workflow: String, Int)
  case deployed(String)
  case requests(sequence: Int)
  case message(Int)

  /// `nil` for a path that this layout does not write; every path that it reads, it writes the same.
  package init?(_ path: String) {
    guard let meaning = Self.meaning(of: path), meaning.path == path else { return nil }
    self = meaning
  }

  package var path: String {
    switch self {
    case .format: StateLayout.format
    case .runner: StateLayout.runner
    case .instance(let id, let kind, let place): StateLayout.file(kind, of: id, in: place)
    case .version(let workflow, let n): StateLayout.version(n, of: workflow)
    case .versionText(let workflow, let n): StateLayout.versionText(n, of: workflow)
    case .deployed(let path): StateLayout.deployed(path)
    case .requests(let sequence): StateLayout.requests(sequence)
    case .message(let number): StateLayout.message(number)
    }
  }

  private static func meaning(of path: String) -> StatePath? {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = names.last, !last.isEmpty else { return nil }
    switch names[0] {
    case "format.yaml": return .format
    case "runner.yaml": return .runner
    case "instances": return instance(last, .live)
    case "archive": return instance(last, .archive)
    case "versions": return version(names[1...], last)
    case "deployed": return .deployed(names[1...].joined(separator: "/"))
    case "requests": return number(last.dropLast(5)).map { .requests(sequence: $0) }
    case "messages": return number(last.dropLast(5)).map { .message($0) }
    default: return nil
    }
  }

  private static func instance(_ name: Substring, _ place: StateLayout.Place) -> StatePath? {
    guard let (id, kind) = InstanceFileKind.read(String(name)) else { return nil }
    return .instance(id, kind, place)
  }

  private static func version(_ names: ArraySlice<Substring>, _ file: Substring) -> StatePath? {
    guard names.count >= 3, names.dropLast().last == "_" else { return nil }
    let workflow = names.dropLast(2).joined(separator: "/")
    let words = file.split(separator: ".")
    guard let first = words.first, let n = number(first) else { return nil }
    return words.count == 3 ? .versionText(workflow: workflow, n) : .version(workflow: workflow, n)
  }

  fileprivate static func number(_ text: some StringProtocol) -> Int? {
    guard let number = Int(text), number > 0 else { return nil }
    return number
  }
}

extension InstanceFileKind {
  /// Reads a file's name without its folder: `expense-approval-42.p1.yaml`. Names of workflows have no dots, so the
  /// id ends at the first.
  package static func read(_ name: String) -> (InstanceID, InstanceFileKind)? {
    guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    let first = String(name[..<dot])
    let rest = name[name.utf8.index(after: dot)...]
    guard let id = InstanceID(first), id.description == first else { return nil }
    if rest == "yaml" { return (id, .head) }
    return kind(rest.split(separator: ".", omittingEmptySubsequences: false).map(String.init)).map { (id, $0) }
  }

  private static func kind(_ words: [String]) -> InstanceFileKind? {
    switch (words.count, words.last) {
    case (1, let word?): return marked(word, "e").map { .evidence(event: $0) }
    case (2, "json"): return marked(words[0], "v").map { .value(event: $0, index: 1) }
    case (2, "yaml"): return marked(words[0], "p").map { .part($0) }
    case (3, "json"):
      guard let event = marked(words[0], "v"), let index = StatePath.number(words[1]) else { return nil }
      return .value(event: event, index: index)
    case (3, "yaml"): return StatePath.number(words[1]).map { .approval(step: words[0], visit: $0) }
    default: return nil
    }
  }

  private static func marked(_ word: String, _ mark: Character) -> Int? {
    word.first == mark ? StatePath.number(word.dropFirst()) : nil
  }
}
