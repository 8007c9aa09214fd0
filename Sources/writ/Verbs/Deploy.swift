import ArgumentParser
import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner
import WorkflowServer

struct Deploy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a commit live, all of it or nothing.",
    discussion: "What a server does by itself with every commit on the deploy branch; for CI, and where none runs.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @Argument(help: "A commit; by default the tip of the deploy branch.") var ref: String?
  @Flag(help: "Deploy although the deployed commit is no ancestor of this one.") var acceptRewrite = false

  func run() async throws {
    let place = try repository.place()
    let branch = try deployBranch(of: place)
    let commit = try place.commit(ref ?? branch)
    let report = try await report(on: commit, place)
    if output.json { Terminal.out(report.versioned.prettyJSON) } else { try write(report, commit, place) }
    if report["deployed"]?.boolValue != true { throw ExitStatus.refused }
  }

  /// As the commit itself says it; `main` where it says nothing.
  private func deployBranch(of place: Place) throws -> String {
    guard let head = place.repository.resolve(ref ?? "HEAD") else {
      throw Complaint(.notFound, "there is no commit yet", hint: "git add --all && git commit --message \"Begin\"")
    }
    let bytes = try CommitTree(repository: place.repository, commit: head).read("writ.yaml") ?? []
    return SettingsReader.read(bytes).content?.deployBranch ?? "main"
  }

  private func report(on commit: ObjectID, _ place: Place) async throws -> Value {
    if let running = try await Session.running(in: place) {
      return try await running.post(
        "/api/deployments", ["commit": .string(commit.description), "accept_rewrite": .bool(acceptRewrite)],
        key: Secret.make())
    }
    let record = try OpenRecord(place)
    defer { try? record.close() }
    let deployer = Deployer(runner: record.runner, repository: place.repository)
    let person = acceptRewrite ? try Keyboard(place).requirePerson(at: commit.description) : nil
    return try await deployer.deploy(commit, rewriteAcceptedBy: person).json
  }

  private func write(migration: Value) {
    let stayed = migration[items: "stayed"]
    let moved = Words.count(Int(migration["moved"]?.intValue ?? 0), "running instance")
    Terminal.out("  \(migration["workflow"]?.words ?? ""): \(moved) moved, \(stayed.count) stayed")
    for one in stayed {
      let why = one[items: "because"].map(\.words).joined(separator: "; ")
      Terminal.out("    \(one["instance"]?.words ?? "") does not fit: \(why)")
    }
    if let more = migration["more"]?.intValue, more > 0 { Terminal.out("    and \(more) more that did not fit") }
  }

  private func write(_ report: Value, _ commit: ObjectID, _ place: Place) throws {
    let short = commit.description.prefix(12)
    guard report["deployed"]?.boolValue == true else {
      let checked = try RepositoryCheck.check(CommitTree(repository: place.repository, commit: commit))
      if checked.hasErrors {
        Terminal.outExactly(FindingFormat.pretty.render(checked.findings, colour: Style.isColoured(.standardOutput)))
      } else {
        for line in report[items: "findings"] { Terminal.out(line.words) }
      }
      if report["people"]?.boolValue == true {
        return Terminal.note("\(short) is not deployed; only who loses authority by its people.yaml has lost it")
      }
      return Terminal.note("\(short) is not deployed; what was live stays live")
    }
    Terminal.out("\(short) is live: \(report[text: "subject"] ?? "")")
    for entry in report["versions"]?.mapValue?.entries ?? [] {
      Terminal.out("  \(entry.key.string ?? "") version \(entry.value.words)")
    }
    for migration in report[items: "migrations"] { write(migration: migration) }
    for name in report[items: "retired"] { Terminal.out("  \(name.words) is retired") }
  }
}
