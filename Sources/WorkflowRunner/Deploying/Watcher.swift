import CEL
package import GitStore
package import Logging
package import ServiceLifecycle
import WorkflowEngine
import WorkflowFiles

/// A commit deploys: looks at the deploy branch and has every new tip deployed.
package struct Watcher: Service {
  private let runner: Runner
  private let repository: Repository
  private let deployer: Deployer
  private let logger: Logger
  static let period: Duration = .milliseconds(100)
  package static let fetchPeriod: Duration = .seconds(20)
  private let fetchPeriod: Duration

  /// - Parameter fetchPeriod: how often the remote is asked.
  package init(
    runner: Runner, repository: Repository, fetchPeriod: Duration = Watcher.fetchPeriod, logger: Logger
  ) {
    self.runner = runner
    self.repository = repository
    self.fetchPeriod = fetchPeriod
    self.logger = logger
    deployer = Deployer(runner: runner, repository: repository)
  }

  package func run() async {
    var nextFetch = runner.clock()
    for await _ in pulse(every: Self.period).cancelOnGracefulShutdown() {
      if nextFetch <= runner.clock() {
        nextFetch = runner.clock().adding(fetchPeriod)
        await fetch()
      }
      await look()
    }
  }

  /// One look at the branch.
  package func look() async {
    guard let tip = deployer.tip, runner.snapshot.cursors[Deployer.cursor] != tip.description else { return }
    do {
      report(try await deployer.deploy(tip))
    } catch {
      logger.error("commit \(tip) could not be deployed: \(error)")
    }
  }

  /// What the remote has, where there is one.
  package func fetch() async {
    let settings = runner.snapshot.deployment.settings
    guard let remote = settings.remote else { return }
    do {
      try await RemoteBranches(repository: repository, remote: remote).fetch(deploying: settings.deployBranch)
    } catch {
      logger.warning("\(remote) could not be fetched: \(error)")
    }
  }

  private func report(_ report: DeployReport) {
    let commit = report.commit.prefix(12)
    guard report.isDeployed else {
      logger.error(
        "commit \(commit) is not deployed; what was live stays live\(report.takesAuthority ? ", but for people" : "")")
      for finding in report.findings { logger.error("\(finding)") }
      return
    }
    let versions = report.versions.sorted { $0.key < $1.key }.map { "\($0.key) version \($0.value)" }
    logger.info("deployed \(commit): \(versions.isEmpty ? "no new versions" : versions.joined(separator: ", "))")
  }
}
