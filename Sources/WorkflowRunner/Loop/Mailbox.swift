import CEL
package import HashTreeCollections
package import WorkflowEngine
package import WorkflowFiles

/// The messages of the last thirty days, and those that are kept until somebody waits for them: a value like the world
/// that it is part of.
package struct Mailbox: Sendable {
  /// Tells a message that is sent twice.
  private struct Origin: Hashable {
    var source: String
    var id: String
  }

  /// By number, which is the order in which they came.
  package private(set) var messages: TreeDictionary<Int, MessageFile> = [:]
  private var origins: TreeDictionary<Origin, Int> = [:]
  private var kept: TreeDictionary<Channel, TreeSet<Int>> = [:]

  package init() {}

  /// The message that came first with this source and id.
  func first(source: String?, id: String?) -> MessageFile? {
    guard let source, let id else { return nil }
    return origins[Origin(source: source, id: id)].flatMap { messages[$0] }
  }

  /// Whether anything is kept for whoever will wait.
  var keepsAny: Bool { !kept.isEmpty }

  /// What is kept for these channels, oldest first.
  func kept(for channels: Set<Channel>) -> [MessageFile] {
    guard !kept.isEmpty else { return [] }
    return channels.flatMap { kept[$0] ?? [] }.sorted().compactMap { messages[$0] }
  }

  mutating func put(_ file: MessageFile) {
    let number = file.message.number
    messages[number] = file
    if let source = file.message.source, let id = file.message.id { origins[Origin(source: source, id: id)] = number }
    if file.standing == .kept {
      kept[file.message.channel, default: []].insert(number)
    } else {
      removeKept(number, file.message.channel)
    }
  }

  mutating func forget(_ number: Int) {
    guard let file = messages.removeValue(forKey: number) else { return }
    if let source = file.message.source, let id = file.message.id { origins[Origin(source: source, id: id)] = nil }
    removeKept(number, file.message.channel)
  }

  private mutating func removeKept(_ number: Int, _ channel: Channel) {
    kept[channel]?.remove(number)
    if kept[channel]?.isEmpty == true { kept[channel] = nil }
  }
}
