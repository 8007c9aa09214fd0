package import CEL
package import GitStore
package import WorkflowEngine
package import WorkflowFiles

/// Turns a commit into a deployment: checked as a whole off the loop, made live in one command.
package struct Deployer: Sendable {
  private let runner: Runner
  private let repository: Repository

  package init(runner: Runner, repository: Repository) {
    self.runner = runner
    self.repository = repository
  }

  /// Checks a commit and deploys it, all or nothing. A bad commit changes nothing and is reported; only who loses authority by it
  /// loses it all the same.
  ///
  /// - Parameter rewriteAcceptedBy: who takes it upon themselves that the deployed commit is not an ancestor.
  package func deploy(_ commit: ObjectID, rewriteAcceptedBy person: PersonID? = nil) async throws -> DeployReport {
    let world = runner.snapshot
    let cursor = Cursor(ref: Self.cursor, commit: commit.description)
    if world.deployment.commit == commit.description, let report = world.deployment.reports.first(where: \.isInForce) {
      if world.cursors[Self.cursor] != commit.description {
        _ = try await runner.submit(Request(by: Self.itself, cursor: cursor, .advance))
      }
      return report
    }
    let plan = try plan(commit, on: world, rewriteAcceptedBy: person)
    do throws(SubmitError) {
      _ = try await runner.submit(Request(by: person ?? Self.itself, cursor: cursor, .deploy(plan)))
      // What became of running instances is known when it is live.
      return runner.snapshot.deployment.reports.first { $0.commit == plan.report.commit } ?? plan.report
    } catch {
      guard case .refused(let rejection) = error, rejection.code == .conflict else { throw error }
      // Somebody else deployed since it was planned: it is planned again, on what they deployed.
      return try await deploy(commit, rewriteAcceptedBy: person)
    }
  }

  /// The same for what the deploy branch is at; `nil` where that is another commit than the caller knows (hex).
  package func deployTip(_ commit: String, rewriteAcceptedBy person: PersonID?) async throws -> DeployReport? {
    guard let tip, tip.description == commit else { return nil }
    return try await deploy(tip, rewriteAcceptedBy: person)
  }

  /// Name of the cursor that says which commit was looked at last.
  static let cursor = "deploy"

  private static let itself: PersonID = "system:deployer"

  /// The commit that the deploy branch is at: as the remote has it, where there is one.
  var tip: ObjectID? {
    let settings = runner.snapshot.deployment.settings
    if let remote = settings.remote { return repository.ref("refs/remotes/\(remote)/\(settings.deployBranch)") }
    return repository.ref("refs/heads/\(settings.deployBranch)")
  }

  private func plan(_ commit: ObjectID, on world: World, rewriteAcceptedBy person: PersonID?) throws -> DeployPlan {
    let deployment = world.deployment
    let info = try repository.commit(commit)
    let checked = try RepositoryCheck.check(CommitTree(repository: repository, commit: commit))
    var report = DeployReport(
      commit: commit.description, at: runner.clock(), by: "\(info.committer.name) <\(info.committer.email)>",
      subject: info.subject, isDeployed: !checked.hasErrors,
      findings: checked.findings.map {
        FindingFormat.compact.render([$0]).split(separator: "\n").first.map(String.init) ?? ""
      })
    if !checked.hasErrors {
      var problems = world.brokenCalls(by: checked)
      if let problem = runner.commitKeys.problem(with: checked.settings.signedBy) { problems.append(problem) }
      report.findings.insert(contentsOf: problems, at: 0)
      report.isDeployed = problems.isEmpty
    }
    let rewritten = try rewrite(before: commit, deployment)
    if let rewritten {
      report.isDeployed = report.isDeployed && person != nil
      let verdict =
        person.map { "accepted by \($0)" } ?? "'writ deploy --accept-rewrite \(commit)' deploys it all the same"
      report.findings.insert("\(rewritten); \(verdict)", at: 0)
    }
    guard report.isDeployed else {
      return rewritten != nil ? DeployPlan(refusing: report) : DeployPlan(refusing: report, of: checked, on: deployment)
    }
    return DeployPlan(report, of: checked, on: deployment)
  }

  /// A rewritten deploy branch freezes deploys until somebody accepts it.
  private func rewrite(before commit: ObjectID, _ deployment: Deployment) throws -> String? {
    guard let last = deployment.commit.flatMap({ ObjectID(hex: $0) }), repository.holds(last),
      try !repository.isAncestor(last, of: commit)
    else { return nil }
    return "the deploy branch was rewritten: \(last) was deployed and is not part of it any more"
  }
}

extension Repository {
  fileprivate func holds(_ commit: ObjectID) -> Bool { (try? self.commit(commit)) != nil }
}
