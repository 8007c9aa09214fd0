import WorkflowEngine

/// What no single person shows: names that nobody has, addresses that two have, managers in a ring.
extension Reading {
  func checkPeople(_ entries: [YAMLNode.Entry], _ people: People) {
    for entry in entries { checkNames(entry.value, people) }
    checkIdentities(entries)
    checkManagers(entries, people)
  }

  private func checkNames(_ node: YAMLNode, _ people: People) {
    for role in node["roles"]?.items ?? [] { expect(role, "role", people.roles.keys) }
    let handles = people.people.keys
    for person in node["deputies"]?.items ?? [] { expect(person, "person", handles) }
    if let manager = node["manager"] { expect(manager, "person", handles) }
    for absence in node["absences"]?.items ?? [] {
      if let cover = absence["cover"] { expect(cover, "person", handles) }
    }
  }

  private func expect(_ node: YAMLNode, _ noun: String, _ known: some Collection<String>) {
    guard !isFull, let text = node.text, !node.isEmpty, !known.contains(text) else { return }
    report(
      .unknownName, "no \(noun) is named '\(text)'", at: node, hint: Nearest.hint(for: text, among: known.sorted()))
  }

  private func checkIdentities(_ entries: [YAMLNode.Entry]) {
    var owners: [String: YAMLNode.Entry] = [:]
    for entry in entries {
      let emails = entry.value["email"].map { $0.items ?? [$0] } ?? []
      for node in emails + (entry.value["logins"]?.items ?? []) {
        guard let text = node.text?.lowercased() else { continue }
        if let owner = owners[text], owner.name != entry.name {
          let related = Finding.Related(place: source.place(owner.key.span), message: "it belongs to '\(owner.name)'")
          report(.sharedIdentity, "'\(text)' is also that of '\(owner.name)'", at: node.span, related: [related])
        } else {
          owners[text] = entry
        }
      }
    }
  }

  /// Follows managers from each person; whoever is met again closes a ring, which is said once.
  private func checkManagers(_ entries: [YAMLNode.Entry], _ people: People) {
    var settled: Set<PersonID> = []
    for entry in entries {
      var trail: [PersonID] = []
      var person: PersonID? = entry.name
      while let id = person, !settled.contains(id), !trail.contains(id) {
        trail.append(id)
        person = people.people[id]?.manager
      }
      if let id = person, let start = trail.firstIndex(of: id) {
        let ring = (trail[start...] + [id]).joined(separator: ", ")
        let node = entries.first { $0.name == trail.last }?.value["manager"] ?? entry.key
        report(.managerCycle, "the managers form a ring: \(ring)", at: node)
      }
      settled.formUnion(trail)
    }
  }
}
