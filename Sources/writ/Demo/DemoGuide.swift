import Foundation
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// What the demo prints: one address, and three things to try, the first being a decision by commit.
struct DemoGuide {
  let company: DemoCompany
  let record: OpenRecord
  let address: String

  func write() {
    let world = record.runner.snapshot
    let waiting = world.work[DemoCompany.person]?.count ?? 0
    Terminal.out("")
    Terminal.out("\(Style.bold(world.deployment.settings.title)) is open:  \(Style.bold(address))")
    Terminal.out("You are \(DemoCompany.name), director. \(Words.count(waiting, "case waits", "cases wait")) for you.")
    Terminal.out("")
    var number = 1
    if let request = requests.first {
      write(&number, "Decide by commit, with stock git:", byCommit(request))
    }
    let other = requests.dropFirst().first ?? requests.first
    write(
      &number, "Decide on a page, or from here:",
      [
        "in a browser: \(address)/inbox", "",
        "cd \(company.folder)", "\(program) inbox",
        other.map { "\(program) approve \($0.binding.instance.number)" } ?? "\(program) ls",
      ])
    write(
      &number, "Deploy by commit: expenses up to 40 euro need nobody's approval from now on",
      [
        "cd \(company.folder)",
        "sed -i 's/daily_allowance: .*/daily_allowance: \"40.00\"/' writ.yaml",
        "git commit --all --quiet --message 'Raise the daily allowance'", "\(program) ls --deployments",
      ])
    Terminal.note(Style.quiet("Everything that happened: git -C \(record.place.state) log --stat", on: .standardError))
    Terminal.note(
      Style.quiet("Ctrl-C ends it. Outside services are played; nothing leaves this machine.", on: .standardError))
  }

  private func write(_ number: inout Int, _ title: String, _ lines: [String]) {
    Terminal.out("\(number). \(Style.bold(title))")
    Terminal.out("")
    for line in lines { Terminal.out(line.isEmpty ? "" : "     \(line)") }
    Terminal.out("")
    number += 1
  }

  private func byCommit(_ request: InboxRequest) -> [String] {
    let id = request.binding.instance
    return [
      "cd \(company.folder)", "git worktree add --quiet ../inbox writ/inbox", "cd ../inbox",
      "sed -i 's/^decision:.*/decision: approve/' \(request.binding.path)",
      "git commit --all --quiet --message 'Approve \(id)'", "",
      "then look: \(address)/instances/\(id)",
    ]
  }

  /// As it can be typed here.
  private var program: String {
    let name = CommandLine.arguments.first ?? "writ"
    guard name.contains("/"), !name.hasPrefix("/") else { return name }
    return FileManager.default.currentDirectoryPath + "/" + name
  }

  /// Open approvals for the person at the keyboard; those that one word decides first.
  private var requests: [InboxRequest] {
    let world = record.runner.snapshot
    let instances = (world.work[DemoCompany.person] ?? []).sorted(by: >).compactMap { world.live[$0] }
    let all = instances.flatMap { instance in
      instance.visits.compactMap { visit in
        visit.asked.contains(DemoCompany.person)
          ? InboxRequest(visit, of: instance, for: DemoCompany.person, repository: world.repository) : nil
      }
    }
    return all.filter { $0.binding.instance.name == "expense-approval" }
      + all.filter { $0.binding.instance.name != "expense-approval" }
  }
}
