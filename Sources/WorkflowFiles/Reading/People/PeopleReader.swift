import CEL
package import WorkflowEngine

/// Reads `people.yaml`.
package enum PeopleReader {
  package static func read(_ bytes: [UInt8], file: String = "people.yaml") -> ReadFile<People> {
    ReadFile(bytes: bytes, file: file) { reading, root in reading.people(root) }
  }
}

extension Reading {
  func people(_ root: YAMLNode) -> People? {
    guard let fields = Fields(root, PeopleKeys.file, in: self) else { return nil }
    readLanguage(fields)
    var people = People()
    for entry in entries(fields["roles"], "roles") {
      guard let role = name(entry.key, "the name of a role") else { continue }
      people.roles[role] = isFilled(entry) ? text(entry.value) ?? role : role
    }
    for entry in entries(fields["people"], "people") {
      guard let id = name(entry.key, "a handle"), isFilled(entry) else { continue }
      people.people[id] = person(entry, id)
    }
    for entry in entries(fields["calendars"], "calendars") {
      guard let name = name(entry.key, "the name of a calendar"), isFilled(entry) else { continue }
      people.calendars[name] = calendar(entry, name)
    }
    for entry in entries(fields["forges"], "forges") {
      guard let name = name(entry.key, "the name of a forge"), isFilled(entry) else { continue }
      let forge = Fields(entry.value, PeopleKeys.forge, in: self, under: entry.key)
      people.forges[name] = forge?.list("keys").compactMap(signingKey) ?? []
    }
    checkKeys(fields["people"]?.entries ?? [], fields["forges"]?.entries ?? [])
    checkPeople(fields["people"]?.entries ?? [], people)
    return people
  }

  func entries(_ node: YAMLNode?, _ noun: String) -> [YAMLNode.Entry] {
    guard let node else { return [] }
    if node.entries == nil { reportShape("a mapping of \(noun)", at: node) }
    return node.entries ?? []
  }

  private func person(_ entry: YAMLNode.Entry, _ id: PersonID) -> Person? {
    guard let fields = Fields(entry.value, PeopleKeys.person, in: self, under: entry.key) else { return nil }
    var person = Person(id: id, name: fields.text("name") ?? id, emails: fields["email"].map(emails) ?? [])
    person.roles = fields.list("roles").compactMap { name($0, "the name of a role") }
    person.manager = fields.name("manager")
    person.deputies = fields.list("deputies").compactMap { name($0, "a handle") }
    person.absences = fields.list("absences", absence)
    person.logins = fields.list("logins", login)
    person.keys = fields.list("keys", signingKey)
    person.notify = fields["notify"].flatMap(notify) ?? Person.Notify()
    person.language = fields["language"].flatMap(languageTag)
    person.isRevoked = fields.flag("revoked") ?? false
    return person
  }

  /// One address or a list.
  private func emails(_ node: YAMLNode) -> [String] {
    (node.items ?? [node]).compactMap { item in
      guard let text = text(item) else { return nil }
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      if parts.count != 2 || parts.contains(where: \.isEmpty) || text.contains(where: \.isWhitespace) {
        report(.address, "'\(text)' is not an e-mail address", at: item)
      }
      return text.lowercased()
    }
  }

  private func login(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count != 2 || parts.contains(where: \.isEmpty) {
      report(
        .address, "'\(text)' does not name a forge and a login", at: node, hint: "write github:\(parts.last ?? "alice")"
      )
    }
    return text.lowercased()
  }

  private func absence(_ node: YAMLNode) -> Person.Absence? {
    guard let fields = Fields(node, PeopleKeys.absence, in: self) else { return nil }
    let (from, to) = (fields["from"].flatMap(date), fields["to"].flatMap(date))
    guard let from, let to else { return nil }
    if to < from { report(.dateOrTime, "the absence ends before it begins", at: fields["to"]?.span ?? fields.anchor) }
    return Person.Absence(from: from, to: to, cover: fields.name("cover"))
  }
}
