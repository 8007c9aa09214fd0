import GitStore

/// What is fetched from the remote, by stock git, so that people's credential helpers and keys work.
struct RemoteBranches {
  let repository: Repository
  /// As `writ.yaml` names it.
  let remote: String

  private var git: GitTransport { GitTransport(gitFolder: repository.gitFolder) }

  /// The deploy branch, the inbox, and decisions on refs of their own. What is missing there is no error, the deploy branch
  /// excepted; what was rewritten is fetched as it is, and judged by whoever reads it.
  func fetch(deploying branch: String) async throws {
    try await fetch(["+refs/heads/\(branch):refs/remotes/\(remote)/\(branch)", inbox, decisions])
  }

  func fetchInbox() async throws { try await fetch([inbox, decisions]) }

  /// Removes refs at the remote, each only while it is where it was read.
  func remove(_ refs: [(name: String, id: ObjectID)]) async throws {
    let leases = refs.map { "--force-with-lease=\($0.name):\($0.id)" }
    try await git.run(["push", "--quiet"] + leases + ["--", remote] + refs.map { ":\($0.name)" })
  }

  /// A pattern, because a branch that is not there yet would be an error.
  private var inbox: String { "+refs/heads/writ/*:refs/remotes/\(remote)/writ/*" }
  private var decisions: String { "+\(Intake.shortLived)*:\(Intake.shortLived)*" }

  private func fetch(_ specs: [String]) async throws {
    try await git.run(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote] + specs)
  }
}
