import Foundation
import Testing

/// Verbs beside a server, and what people do with stock git.
@Suite struct ServeTests {
  @Test("a decision by commit on writ/inbox finishes an instance, and the record holds")
  func decideByCommit() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let server = try await ServerProcess(scratch)
    let writ = scratch.writ
    #expect(try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=40").status == 0)
    let file = "purchase-1.approve.1.approve/ada.yaml"
    #expect(try await eventually { try await writ.git("show", "writ/inbox:\(file)").status == 0 })
    try await writ.git("worktree", "add", "--quiet", "../inbox", "writ/inbox")
    let request = scratch.root.appending(path: "inbox/\(file)")
    let text = try String(contentsOf: request, encoding: .utf8)
    try text.replacing("\ndecision:", with: "\ndecision: approve").write(to: request, atomically: true, encoding: .utf8)
    #expect(try await writ.git("-C", "../inbox", "commit", "--all", "--quiet", "--message", "Approve").status == 0)
    #expect(try await eventually { try await writ("show", "1").output.contains("buy") })
    #expect(try await writ("complete", "1").output.hasPrefix("purchase-1  bought"))
    #expect(try await writ("watch", "1").status == 0)
    #expect(try await writ.git("-C", "state", "grep", "--quiet", "unverified", "state").status == 0)
    #expect(server.end() == 0)
    let verify = try await writ("verify")
    #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
  }

  @Test("a commit on the deploy branch is live by itself, and 'writ deploy' waits for it")
  func deployByCommit() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let server = try await ServerProcess(scratch)
    let path = "workflows/team/purchase.yaml"
    try scratch.write(try scratch.read(path).replacing("'25'", with: "'50'"), to: path)
    try await scratch.writ.git("commit", "--all", "--quiet", "--message", "Fifty")
    let deploy = try await scratch.writ("deploy")
    #expect(deploy.status == 0, "\(deploy.errors)")
    #expect(deploy.output.contains("team/purchase version 2"))
    #expect(try await scratch.writ("serve").status == 3)
    #expect(server.end() == 0)
  }

  @Test("a rewritten deploy branch is frozen until somebody accepts it, beside the server")
  func acceptRewrite() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let server = try await ServerProcess(scratch)
    let writ = scratch.writ
    let path = "workflows/team/purchase.yaml"
    try scratch.write(try scratch.read(path).replacing("'25'", with: "'50'"), to: path)
    try await writ.git("commit", "--all", "--amend", "--quiet", "--message", "As if it had always been fifty")
    let refused = try await writ("deploy")
    #expect(refused.status == 1)
    #expect(refused.output.contains("the deploy branch was rewritten"), "\(refused.output)\(refused.errors)")
    let accepted = try await writ("deploy", "--accept-rewrite")
    #expect(accepted.status == 0, "\(accepted.errors)")
    #expect(accepted.output.contains("team/purchase version 2"))
    #expect(try await writ("ls", "--deployments", "--json").output.contains("accepted by ada"))
    #expect(try await writ("deploy", "HEAD~0").status == 0)
    #expect(server.end() == 0)
    #expect(try await writ("verify").status == 0)
  }

  @Test("kill -9 during a hundred concurrent starts: nothing acknowledged is missing, and the record holds")
  func killed() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let server = try await ServerProcess(scratch)
    let writ = scratch.writ
    let acknowledged = try await withThrowingTaskGroup(of: String?.self) { group in
      for worker in 0..<10 {
        group.addTask {
          var last: [String] = []
          for turn in 0..<10 {
            let key = "k\(worker)-\(turn)"
            let start = try await writ(
              "start", "purchase", "-i", "item=Lamp", "-i", "amount=40", "--idempotency-key", key)
            if start.status == 0 { last.append(String(start.output.prefix { $0 != " " })) }
          }
          return last.joined(separator: " ")
        }
      }
      try await Task.sleep(for: .milliseconds(900))
      server.kill()
      return try await group.reduce(into: [String]()) { all, some in
        all += (some ?? "").split(separator: " ").map(String.init)
      }
    }
    #expect(!acknowledged.isEmpty)
    let list = try await writ("ls", "--json", "--limit", "1000").output
    for id in acknowledged { #expect(list.contains("\"\(id)\""), "\(id) is missing") }
    #expect(Set(acknowledged).count == acknowledged.count)
    #expect(try await writ("verify").status == 0)
  }
}
