import CEL
package import GitStore
package import WorkflowEngine
package import WorkflowFiles

/// Who a commit is by: what its signature proves, else what its committer's address says.
///
/// A key names its person, whatever the author and committer fields say. A forge signs for whoever was logged in, and
/// writes them down as the author. A signature that does not verify, or that nobody known made, is never passed over. Only an OpenPGP
/// key that `people.yaml` does not list proves nothing and is no obstacle: forges sign with theirs whatever they make.
package struct CommitSignatory: Sendable {
  package let person: PersonID
  package let assurance: Assurance
  /// `nil` where nothing is proved.
  package let key: PublicKey?

  package init(of commit: CommitInfo, under policy: Policy) async throws(Rejection) {
    let keys = policy.signingKeys.map(\.text)
    guard let key = try await SignatureCheck.key(of: commit, among: keys) else {
      person = try Self.committer(of: commit, policy)
      (assurance, self.key) = (.unverified, nil)
      return
    }
    self.key = key
    switch policy.holder(of: key.fingerprint) {
    case .person(let person):
      (self.person, assurance) = (person, .key)
    case .forge(let forge):
      person = try Self.author(of: commit, at: forge, policy)
      assurance = .forge
    case nil:
      throw Rejection(
        .notAllowed, "the commit is signed with \(key.fingerprint), and people.yaml knows nobody with that key",
        hint: "add the public key to people.yaml, or sign with the one that is there")
    }
  }

  private static func committer(of commit: CommitInfo, _ policy: Policy) throws(Rejection) -> PersonID {
    guard let person = policy.person(named: commit.committer.email) else {
      throw Rejection(
        .notAllowed, "the commit is by \(commit.committer.email), and people.yaml knows nobody with that address",
        hint: commit.signature == nil
          ? "commit as yourself: git config user.email you@example.com"
          : "it is signed with a key that people.yaml does not list; a forge's key belongs under 'forges'")
    }
    return person
  }

  private static func author(
    of commit: CommitInfo, at forge: String, _ policy: Policy
  ) throws(Rejection) -> PersonID {
    guard !commit.message.lowercased().contains("\nco-authored-by:") else {
      throw Rejection(
        .notAllowed, "\(forge) signed a commit of several authors, so it is nobody's decision",
        hint: "decide in the forge's editor, and commit to the branch itself")
    }
    let login = login(in: commit.author.email, at: forge).map { "\(forge):\($0)" }
    guard let person = policy.person(named: commit.author.email) ?? login.flatMap(policy.person) else {
      throw Rejection(
        .notAllowed,
        "\(forge) signed for \(commit.author.email), and people.yaml knows nobody with that address or login",
        hint: "add 'logins: [\(login ?? "\(forge):<login>")]' to your entry in people.yaml")
    }
    return person
  }

  /// Where a forge gives addresses that nobody else can have, and what stands between the number and the login.
  private static let ownAddresses: [String: (host: String, mark: Character)] = [
    "github": ("users.noreply.github.com", "+"), "gitlab": ("users.noreply.gitlab.com", "-"),
  ]

  /// `maya-li` of `1234567+maya-li@users.noreply.github.com`. Any other host could be somebody's own, and a name without the
  /// number could look like one with it.
  private static func login(in address: String, at forge: String) -> String? {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard let own = ownAddresses[forge], parts.count == 2, parts[1].lowercased() == own.host else { return nil }
    let login = parts[0].drop { $0.isASCII && $0.isNumber }
    guard login.count < parts[0].count, login.first == own.mark, login.count > 1 else { return nil }
    return String(login.dropFirst())
  }
}
