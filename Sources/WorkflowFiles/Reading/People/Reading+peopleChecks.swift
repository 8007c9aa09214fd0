import WorkflowEngine

/// What no single person shows: names that nobody has, addresses that two have, managers in a ring.
extension Reading {
  func checkPeople(_ entries: [YAMLNode.Entry], _ people: People) {
    let (roles, handles) = (people.roles.keys.sorted(), people.people.keys.sorted())
    for entry in entries {
      checkNames(entry.value, role: { expect($0, "role", roles, people.roles[$0.text ?? ""] != nil) }) {
        expect($0, "person", handles, people.people[$0.text ?? ""] != nil)
      }
      checkStandIns(of: entry)
    }
    checkIdentities(entries)
    checkManagers(entries, people)
  }

  private func checkNames(_ node: YAMLNode, role: (YAMLNode) -> Void, person: (YAMLNode) -> Void) {
    node["roles"]?.items?.forEach(role)
    node["deputies"]?.items?.forEach(person)
    node["manager"].map(person)
    for absence in node["absences"]?.items ?? [] { absence["cover"].map(person) }
  }

  /// Nobody stands in for themselves.
  private func checkStandIns(of entry: YAMLNode.Entry) {
    let covers = entry.value["absences"]?.items?.compactMap { $0["cover"] } ?? []
    for node in (entry.value["deputies"]?.items ?? []) + covers where node.text == entry.name {
      report(.unknownName, "'\(entry.name)' cannot stand in for themselves", at: node, hint: "name somebody else")
    }
  }

  private func expect(_ node: YAMLNode, _ noun: String, _ known: [String], _ isKnown: Bool) {
    guard !isKnown, !isFull, let text = node.text, !node.isEmpty else { return }
    report(.unknownName, "no \(noun) is named '\(text)'", at: node, hint: Nearest.hint(for: text, among: known))
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

  /// Of a long ring, both ends.
  private func shortened(_ ring: ArraySlice<PersonID>) -> String {
    let names = ring.count > 12 ? ring.prefix(5) + ["…"] + ring.suffix(5) : ring
    return names.joined(separator: ", ")
  }

  /// Follows managers from each person; whoever is met again closes a ring, which is said once.
  private func checkManagers(_ entries: [YAMLNode.Entry], _ people: People) {
    var settled: Set<PersonID> = []
    for entry in entries {
      var trail: [PersonID] = []
      var met: Set<PersonID> = []
      var person: PersonID? = entry.name
      while let id = person, !settled.contains(id), !met.contains(id) {
        trail.append(id)
        met.insert(id)
        person = people.people[id]?.manager
      }
      if let id = person, let start = trail.firstIndex(of: id) {
        let ring = shortened(trail[start...] + [id])
        let node = entries.first { $0.name == trail.last }?.value["manager"] ?? entry.key
        report(.managerCycle, "the managers form a ring: \(ring)", at: node)
      }
      settled.formUnion(trail)
    }
  }
}
