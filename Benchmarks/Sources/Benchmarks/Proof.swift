import Foundation
import GitStore
import WorkflowRunner

/// `writ verify` over a record of automatic processes and approvals, against `git fsck` reading the same record.
struct Proof {
  let transitions: Int
  /// The program that is measured: a release build.
  let program: String

  func measure() async throws -> [Figure] {
    let bureau = try await Bureau()
    let lives = Lives(runner: bureau.runner, callers: 1_000)
    let automatic = try await lives.run(transitions / 10, Lives.automatic)
    let approvals = try await lives.run(transitions / 4, Lives.approval)
    while try bureau.store.rollUp() > 0 {}
    try bureau.store.close()
    let commands = Double(automatic.commands + approvals.commands)
    let check = try seconds { try run("git", "fsck", "--full", "--strict", "--no-progress", in: bureau.state) }.seconds
    let proof = try seconds { try run(program, "verify", "--state", bureau.state) }.seconds
    return [
      Figure(
        figure: "verify, a million transitions", value: proof / commands * 1e6, unit: "s",
        reference: Figure.Reference(what: "git fsck alone", value: check / commands * 1e6),
        budget: Figure.Budget(of: .value, atMost: 300), with: ["transitions": commands])
    ]
  }
}
