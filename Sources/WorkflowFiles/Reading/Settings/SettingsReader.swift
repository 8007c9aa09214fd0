import CEL
package import WorkflowEngine

/// Reads `writ.yaml`.
package enum SettingsReader {
  package static func read(_ bytes: [UInt8], file: String = "writ.yaml") -> ReadFile<Settings> {
    ReadFile(bytes: bytes, file: file) { reading, root in reading.settings(root) }
  }
}

extension Reading {
  func settings(_ root: YAMLNode) -> Settings? {
    guard let fields = Fields(root, SettingsKeys.file, in: self) else { return nil }
    readLanguage(fields)
    var settings = Settings()
    settings.title = fields.text("title") ?? settings.title
    settings.deployBranch = fields["deploy-branch"].flatMap(refName) ?? settings.deployBranch
    settings.remote = fields["remote"].flatMap(refName)
    settings.mirror = fields["mirror"].flatMap(repositoryAddress)
    settings.signedBy = fields.list("signed-by", publicKey).map(\.text)
    settings.usesInbox = fields.flag("inbox") ?? settings.usesInbox
    settings.timezone = fields["timezone"].flatMap(timezone) ?? settings.timezone
    settings.calendar = fields.name("calendar")
    settings.url = fields["url"].flatMap(url)
    settings.config = config(fields["config"])
    settings.secrets = secrets(fields["secrets"])
    settings.commands = commands(fields["commands"])
    settings.workers = workers(fields["workers"])
    settings.channels = channels(fields["channels"], settings)
    settings.notify = fields["notify"].flatMap { channel($0, of: settings) }
    settings.alarms = alarms(fields["alarms"], settings)
    settings.language = fields["language"].flatMap(languageTag) ?? settings.language
    return settings
  }

  /// A branch or remote: what git would take for an option or a revision is refused.
  private func refName(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    let forbidden = text.unicodeScalars.contains {
      $0.value <= 0x20 || $0.value == 0x7F || "~^:?*[\\".unicodeScalars.contains($0)
    }
    if forbidden || text.hasPrefix("-") || text.hasPrefix("/") || text.hasSuffix("/") || text.contains("..")
      || text.contains("@{") || text.hasSuffix(".lock")
    {
      report(.name, "'\(text)' is not a name that git allows", at: node)
    }
    return text
  }

  /// Where git pushes to: what it would take for an option, or for a program to run (`ext::`), is refused.
  func repositoryAddress(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    if text.isEmpty || text.hasPrefix("-") || text.contains("::") || text.contains(where: \.isWhitespace) {
      report(
        .address, "'\(text)' is not the address of a git repository", at: node, hint: "write it as 'git push' takes it")
    }
    return text
  }

  func url(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
    if scheme == nil || text.count == scheme?.count || text.contains(where: \.isWhitespace) {
      report(.address, "'\(text)' is not a web address", at: node, hint: "begin it with https://")
    }
    return text
  }

  private func config(_ node: YAMLNode?) -> ValueMap {
    ValueMap(
      entries(node, "settings").compactMap { entry in
        id(entry.key, "the name of a setting").map { ($0, value(entry.value)) }
      })
  }

  private func secrets(_ node: YAMLNode?) -> [String: String] {
    var secrets: [String: String] = [:]
    for entry in entries(node, "secrets") {
      guard isVariable(entry.key, "the name of a secret"), isFilled(entry),
        let fields = Fields(entry.value, SettingsKeys.secret, in: self, under: entry.key), let variable = fields["env"],
        isVariable(variable, "the name of an environment variable")
      else { continue }
      secrets[entry.name] = variable.text
    }
    return secrets
  }

  /// `[A-Z][A-Z0-9_]*`
  private func isVariable(_ node: YAMLNode, _ noun: String) -> Bool {
    guard let text = text(node) else { return false }
    let isVariable = text.utf8.enumerated().allSatisfy { index, byte in
      (0x41...0x5A).contains(byte) || (index > 0 && (byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)))
    }
    if !isVariable || text.isEmpty {
      report(.name, "'\(text)' is not \(noun): capitals, digits and '_', beginning with a letter", at: node)
    }
    return isVariable
  }

  private func commands(_ node: YAMLNode?) -> [String: [String]] {
    var commands: [String: [String]] = [:]
    for entry in entries(node, "commands") {
      guard let name = name(entry.key, "the name of a command"), isFilled(entry) else { continue }
      let words = texts(entry.value)
      if words.first?.hasPrefix("/") != true {
        report(
          .program, "a command begins with the absolute path of a program", at: entry.value.items?.first ?? entry.value,
          hint: "write [/usr/bin/\(words.first ?? "program"), ...]")
      }
      commands[name] = words
    }
    return commands
  }

  private func workers(_ node: YAMLNode?) -> [String: [Selector]] {
    var workers: [String: [Selector]] = [:]
    for entry in entries(node, "workers") {
      guard let type = name(entry.key, "a type of job"), isFilled(entry) else { continue }
      workers[type] = staff(entry.value, "a worker")
    }
    return workers
  }

  /// Persons and roles: outside an instance nothing else names anybody.
  private func staff(_ node: YAMLNode, _ noun: String) -> [Selector]? {
    list(node)?.compactMap { node in
      switch selector(node) {
      case .person(let person)?: return .person(person)
      case .role(let role)?: return .role(role)
      case nil: return nil
      default:
        report(.conflict, "\(noun) is a person or a role", at: node, hint: "write person:<name> or role:<name>")
        return nil
      }
    }
  }

  private func alarms(_ node: YAMLNode?, _ settings: Settings) -> Settings.Alarms? {
    guard let node, let fields = Fields(node, SettingsKeys.alarms, in: self),
      let channel = fields["channel"].flatMap({ channel($0, of: settings) }),
      let to = fields["to"].flatMap({ staff($0, "who hears alarms") })
    else { return nil }
    return Settings.Alarms(channel: channel, to: to)
  }
}
