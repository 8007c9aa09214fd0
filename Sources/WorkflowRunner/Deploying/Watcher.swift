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
  static let fetchPeriod: Duration = .seconds(20)

  package init(runner: Runner, repository: Repository, logger: Logger) {
    self.runner = runner
    self.repository = repository
    self.logger = logger
    deployer = Deployer(runner: runner, repository: repository)
  }

  package func run() async {
    var nextFetch = runner.clock()
    for await _ in pulse(every: Self.period).cancelOnGracefulShutdown() {
      if let remote = runner.snapshot.deployment.settings.remote, nextFetch <= runner.clock() {
        nextFetch = runner.clock().adding(Self.fetchPeriod)
        await fetch(remote)
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

  private func fetch(_ remote: String) async {
    let branch = runner.snapshot.deployment.settings.deployBranch
    let specs = [
      "+refs/heads/\(branch):refs/remotes/\(remote)/\(branch)", "+\(Intake.shortLived)*:\(Intake.shortLived)*",
    ]
    do {
      try await GitTransport(repository: repository).run(["fetch", "--quiet", "--no-tags", "--", remote] + specs)
    } catch {
      logger.warning("\(remote) could not be fetched: \(error)")
    }
  }

  private func report(_ report: DeployReport) {
    let commit = report.commit.prefix(12)
    guard report.isDeployed else {
      logger.error("commit \(commit) is not deployed; what was live stays live")
      for finding in report.findings { logger.error("\(finding)") }
      return
    }
    let versions = report.versions.sorted { $0.key < $1.key }.map { "\($0.key) version \($0.value)" }
    logger.info("deployed \(commit): \(versions.isEmpty ? "no new versions" : versions.joined(separator: ", "))")
  }
}
