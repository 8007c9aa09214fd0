package import CEL

/// Whose signature counts, judged at the time of receipt under the policy in force: one place for every door.
extension Policy {
  /// Whose key it is.
  package enum KeyHolder: Sendable, Hashable {
    case person(PersonID)
    case forge(String)
  }

  /// - Parameter key: a fingerprint, `SHA256:…`.
  package func holder(of key: String) -> KeyHolder? {
    for person in people.people.values where person.keys.contains(where: { $0.fingerprint == key }) {
      return .person(person.id)
    }
    return people.forges.first { $0.value.contains { $0.fingerprint == key } }.map { .forge($0.key) }
  }

  /// Every key of a person or a forge.
  package var signingKeys: [SigningKey] { people.people.values.flatMap(\.keys) + people.forges.values.joined() }

  /// The key as the deployed `people.yaml` has it.
  package func signingKey(_ key: String) -> SigningKey? {
    let all = people.people.values.lazy.flatMap(\.keys) + people.forges.values.joined()
    return all.first { $0.fingerprint == key }
  }

  /// Why a signature by the key does not count at that moment; `nil`: it does.
  package func objection(to key: String, at now: Timestamp) -> String? {
    guard let found = signingKey(key) else { return "people.yaml knows no key \(key)" }
    if found.isRevoked { return "the key \(key) is revoked" }
    let today = now.adding(.seconds(zones(settings.timezone)?.offset(at: now) ?? 0)).date
    if let from = found.from, today < from { return "the key \(key) counts from \(from) on" }
    if let until = found.until, until < today { return "the key \(key) counted until \(until)" }
    return nil
  }

  /// Whether a decision made before still stands: unless person or key is revoked.
  func upholds(_ decision: Decision) -> Bool {
    guard isActive(decision.by) else { return false }
    return decision.key.flatMap { signingKey($0) }?.isRevoked != true
  }
}

extension Turn {
  /// Where a level wants proof of who decides, whoever asks, answers, lends, withdraws or reopens is not taken at their
  /// word either: an author that anybody can write into a commit would clear, delay or colour what others decide.
  func refuseHearsay(_ open: OpenApproval) throws(Rejection) {
    guard let wanted = open.rule.assurance, wanted > .unverified, command.assurance == .unverified else { return }
    throw Rejection(
      .notAllowed,
      "nothing proves that this is from \(command.principal), and this level wants the assurance '\(wanted.rawValue)'",
      hint: "sign the commit (git commit -S), or do it on the pages or with writ")
  }

  /// What a decision rests on, against what its level wants.
  func refuseUnproved(_ wanted: Assurance?) throws(Rejection) {
    if command.assurance > .session {
      guard let key = command.key else { throw Rejection(.notAllowed, "no key vouches for this decision") }
      if let objection = context.policy.objection(to: key, at: context.now) {
        throw Rejection(.notAllowed, objection, hint: "sign with a key that people.yaml lists for you today")
      }
      guard isVouchedFor(by: key) else {
        throw Rejection(.notAllowed, "the key \(key) is not one of \(command.principal)")
      }
    }
    if let wanted, command.assurance < wanted {
      throw Rejection(
        .notAllowed,
        "this level wants the assurance '\(wanted.rawValue)'; this decision has '\(command.assurance.rawValue)'",
        hint: wanted == .key ? "sign it with your key: writ approve --sign, or commit with git commit -S" : nil)
    }
  }

  private func isVouchedFor(by key: String) -> Bool {
    switch context.policy.holder(of: key) {
    case .person(let person): command.assurance == .key && person == command.principal
    case .forge: command.assurance == .forge
    case nil: false
    }
  }
}
