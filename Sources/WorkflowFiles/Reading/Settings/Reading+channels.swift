import WorkflowEngine

/// `channels:` of `writ.yaml`.
extension Reading {
  func channels(_ node: YAMLNode?, _ settings: Settings) -> [String: Settings.Channel] {
    var channels: [String: Settings.Channel] = [:]
    for entry in entries(node, "channels") {
      guard let name = name(entry.key, "the name of a channel"), isFilled(entry) else { continue }
      if name == "log" { report(.conflict, "the channel 'log' is always there", at: entry.key, hint: "remove it") }
      guard let fields = Fields(entry.value, SettingsKeys.channel, in: self, under: entry.key) else { continue }
      channels[name] = channel(fields, settings)
    }
    return channels
  }

  /// The name of a channel that is there.
  func channel(_ node: YAMLNode, of settings: Settings) -> String? {
    guard let name = name(node) else { return nil }
    expectKnown(name, among: settings.channels.keys + ["log"], "channel", at: node)
    return name
  }

  private func channel(_ fields: Fields, _ settings: Settings) -> Settings.Channel? {
    switch (fields["webhook"], fields["smtp"]) {
    case (let node?, nil):
      refuse(["tls", "from", "user", "password"], in: fields, since: "smtp")
      return webhook(node, fields, settings).map(Settings.Channel.webhook)
    case (nil, let node?):
      refuse(["format", "sign"], in: fields, since: "webhook")
      return mailServer(node, fields, settings).map(Settings.Channel.mail)
    case (_?, _?):
      report(
        .conflict, "a channel is either a webhook or mail", at: fields.keyRange("smtp"), hint: "make it two channels")
    case (nil, nil):
      let hasOwnReport = fields.node.entries?.contains { SettingsKeys.channel[$0.name] == nil } ?? false
      if !hasOwnReport {
        report(
          .missingKey, "a channel needs 'webhook' or 'smtp'", at: fields.anchor,
          hint: "add the address that it sends to")
      }
    }
    return nil
  }

  private func refuse(_ keys: [String], in fields: Fields, since other: String) {
    for key in keys where fields.has(key) {
      report(.conflict, "'\(key)' belongs to a channel with '\(other)'", at: fields.keyRange(key))
    }
  }

  private func webhook(_ node: YAMLNode, _ fields: Fields, _ settings: Settings) -> Settings.Channel.Webhook? {
    guard let address = address(node, settings) else { return nil }
    return Settings.Channel.Webhook(
      address, format: fields.word("format") ?? .writ, key: fields["sign"].flatMap { secret($0, settings) })
  }

  private func address(_ node: YAMLNode, _ settings: Settings) -> Settings.Channel.Webhook.Address? {
    guard node.entries != nil else { return url(node).map(Settings.Channel.Webhook.Address.url) }
    let fields = Fields(node, SettingsKeys.kept, in: self)
    return fields?["secret"].flatMap { secret($0, settings) }.map(Settings.Channel.Webhook.Address.secret)
  }

  private func secret(_ node: YAMLNode, _ settings: Settings) -> String? {
    guard let name = text(node) else { return nil }
    expectKnown(name, among: Array(settings.secrets.keys), "secret", at: node)
    return name
  }

  private func expectKnown(_ name: String, among known: [String], _ noun: String, at node: YAMLNode) {
    guard !known.contains(name) else { return }
    report(
      .unknownName, "writ.yaml has no \(noun) '\(name)'", at: node,
      hint: Nearest.hint(for: name, among: known.sorted()) ?? "list it under \(noun)s")
  }

  // MARK: Mail

  private func mailServer(_ node: YAMLNode, _ fields: Fields, _ settings: Settings) -> Settings.Channel.MailServer? {
    guard let from = fields["from"] else {
      report(.missingKey, "mail needs 'from'", at: fields.anchor, hint: "add 'from': the address that it comes from")
      return nil
    }
    guard let url = serverURL(node), let address = mailAddress(from) else { return nil }
    var server = Settings.Channel.MailServer(url: url, from: address)
    server.isSecured = fields.flag("tls") ?? true
    server.user = fields.text("user")
    server.password = fields["password"].flatMap { secret($0, settings) }
    if !server.isSecured, !isThisMachine(url) {
      report(
        .conflict, "mail goes unsecured to this machine only", at: fields.keyRange("tls"),
        hint: "remove 'tls', or name a server at localhost")
    }
    if fields.has("user") != fields.has("password") {
      let (here, missing) = fields.has("user") ? ("user", "password") : ("password", "user")
      report(.missingKey, "'\(here)' needs '\(missing)'", at: fields.keyRange(here))
    }
    return server
  }

  /// `smtps://host[:port]` or `smtp://host[:port]`.
  private func serverURL(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    let scheme = ["smtps://", "smtp://"].first(where: text.hasPrefix)
    let host = scheme.map { text.dropFirst($0.count) } ?? ""
    let isHost = host.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || ".-:[]".utf8.contains(byte)
    }
    guard scheme != nil, !host.isEmpty, isHost else {
      report(
        .address, "'\(text)' is not the address of a mail server", at: node,
        hint: "write smtps://mail.example.com or smtp://mail.example.com:587")
      return nil
    }
    return text
  }

  private func isThisMachine(_ url: String) -> Bool {
    let host = url.drop { $0 != "/" }.dropFirst(2)
    return ["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix("\($0):") }
  }

  /// `writ@example.com` or `Writ <writ@example.com>`.
  private func mailAddress(_ node: YAMLNode) -> MailAddress? {
    guard let text = text(node) else { return nil }
    var (name, address) = ("", text[...])
    if let open = text.lastIndex(of: "<"), text.hasSuffix(">") {
      (name, address) = (String(text[..<open]), text[text.index(after: open)...].dropLast())
    }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    let isClean = !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    guard parts.count == 2, !parts.contains(where: \.isEmpty), isClean,
      !address.contains(where: { $0.isWhitespace || "<>".contains($0) })
    else {
      report(
        .address, "'\(text)' is not an e-mail address", at: node, hint: "write it as Writ <writ@example.com>")
      return nil
    }
    while name.hasSuffix(" ") { name.removeLast() }
    return MailAddress(name: name.isEmpty ? nil : name, String(address))
  }
}
