import HashTreeCollections
import WorkflowEngine
import WorkflowRunner

/// What 'writ serve' says when it answers: the address as data, the rest beside it.
struct Announcement {
  let record: OpenRecord
  let address: String

  func write() {
    Terminal.out(address)
    for (label, text) in facts {
      Terminal.note("  \(Style.quiet(label.padding(to: 8), on: .standardError)) \(text)")
    }
    Terminal.next("  Ctrl-C ends it; nothing is lost")
  }

  private var facts: [(String, String)] {
    let deployment = record.runner.snapshot.deployment
    let live =
      deployment.commit.map { "\(Words.count(deployment.current.count, "workflow")) of commit \($0.prefix(12))" }
      ?? "nothing yet: commit to '\(deployment.settings.deployBranch)', and it is"
    var facts = [("live", live), ("you are", person), ("record", "git -C \(record.place.state) log")]
    if deployment.settings.usesInbox {
      facts.append(
        ("inbox", "commits on \(Intake.branch) decide: signed ones as their key's person, others unverified"))
      facts.append(("", "whoever may push there can write any address into an unsigned commit, so protect that branch"))
    }
    return facts
  }

  private var person: String {
    let deployment = record.runner.snapshot.deployment
    let keyboard = Keyboard(record.place)
    guard let person = keyboard.person(at: deployment.commit) else {
      return "nobody in people.yaml (\(keyboard.email ?? "git has no user.email")), so you may only look"
    }
    return deployment.people.people[person].map { "\($0.name) (\(person))" } ?? person
  }
}

extension String {
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
