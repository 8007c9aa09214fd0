import Foundation
import Testing

/// What a pull request shows of the instances that run.
@Suite struct ImpactVerbTests {
  private static let path = "workflows/team/purchase.yaml"

  /// Two wait for an approval, one for its buyer, one has ended; then the file gets a new step.
  private func changed() async throws -> Scratch {
    let scratch = try await Scratch.begun()
    let writ = scratch.writ
    for amount in ["40", "50", "4", "5"] {
      try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=\(amount)")
    }
    try await writ("complete", "4")
    let text = try scratch.read(Self.path).replacing("approved: buy", with: "approved: order").replacing(
      "  buy:", with: "  order: {type: task, title: Order it, assignees: [initiator], then: buy}\n  buy:")
    try scratch.write(text, to: Self.path)
    return scratch
  }

  @Test("check --base says what is new, and where everything that runs stands")
  func pretty() async throws {
    let check = try await changed().writ("check", "--base", "HEAD")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(
      check.output.contains(
        """
        team/purchase changes its meaning: version 2
          steps    new order; changed approve
          running  3 instances
            2  at approve  stay on version 1: purchase-1, purchase-2
            1  at buy      stays on version 1: purchase-3

        """), "\(check.output)")
  }

  @Test("the same as a comment on a pull request")
  func markdown() async throws {
    let check = try await changed().writ("check", "--base", "HEAD", "--format", "markdown")
    #expect(
      check.output.hasSuffix(
        """
        ### What this changes

        **`team/purchase` changes its meaning: version 2.** Steps new: `order`. Steps changed: `approve`.

        3 instances run:

        | | where | what becomes of them | which |
        |--:|---|---|---|
        | 2 | `approve` | stay on version 1 | purchase-1, purchase-2 |
        | 1 | `buy` | stays on version 1 | purchase-3 |

        """), "\(check.output)")
  }

  @Test("the same for programs, inside the findings; other formats stay what their readers expect")
  func json() async throws {
    let scratch = try await changed()
    let check = try await scratch.writ("check", "--base", "HEAD", "--format", "json")
    let body = try #require(try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any])
    let impact = try #require(body["impact"] as? [String: Any])
    let change = try #require((impact["changes"] as? [[String: Any]])?.first)
    #expect(impact["record"] as? Bool == true)
    #expect(change["version"] as? Int == 2 && change["running"] as? Int == 3)
    let groups = try #require(change["instances"] as? [[String: Any]])
    #expect(groups.map { $0["ids"] as? [String] } == [["purchase-1", "purchase-2"], ["purchase-3"]])
    let sarif = try await scratch.writ("check", "--base", "HEAD", "--format", "sarif")
    #expect(try JSONSerialization.jsonObject(with: Data(sarif.output.utf8)) is [String: Any])
    #expect(sarif.errors.contains("team/purchase changes its meaning: version 2"))
  }

  @Test("a clone of the record tells it elsewhere, as on a machine that only checks")
  func elsewhere() async throws {
    let scratch = try await changed()
    let writ = scratch.writ
    let copy = scratch.root.appending(path: "copy.git").path
    try await writ.git("clone", "--quiet", "--bare", writ.folder + "/state", copy)
    let clone = scratch.root.appending(path: "clone").path
    try await writ.git("clone", "--quiet", writ.folder, clone)
    try FileManager.default.removeItem(atPath: clone + "/" + Self.path)
    let alone = try await writ("check", "--base", "HEAD", "-C", clone)
    #expect(alone.output.contains("purchase is retired: nothing new starts, what runs goes on"), "\(alone.output)")
    #expect(alone.output.contains("no record is here"))
    let told = try await writ("check", "--base", "HEAD", "-C", clone, "--state", copy)
    #expect(told.output.contains("2  at approve  stay on version 1: purchase-1, purchase-2"), "\(told.output)")
  }
}

/// `migrate:` from the pull request to the record.
@Suite struct MigrateVerbTests {
  private static let path = "workflows/team/purchase.yaml"

  private func begun(migrate: String) async throws -> Scratch {
    let scratch = try await Scratch.begun()
    for amount in ["40", "4"] {
      try await scratch.writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=\(amount)")
    }
    let text = try scratch.read(Self.path).replacing("buy:\n", with: "order:\n").replacing(
      "then: buy", with: "then: order"
    )
    .replacing("approved: buy", with: "approved: order").replacing("start: size", with: "\(migrate)\nstart: size")
    try scratch.write(text, to: Self.path)
    return scratch
  }

  @Test("check --base shows what would move and what does not fit, and why")
  func review() async throws {
    let scratch = try await begun(migrate: "migrate: {}")
    let check = try await scratch.writ("check", "--base", "HEAD")
    #expect(
      check.output.contains(
        """
          steps    new order; changed approve, size; gone buy
          running  2 instances
            1  at approve  moves to approve: purchase-1
            1  at buy      stays on version 1, does not fit: purchase-2
        """), "\(check.output)\(check.errors)")
    #expect(check.output.contains("- there is no step 'buy' any more"), "\(check.output)")
    let comment = try await scratch.writ("check", "--base", "HEAD", "--format", "markdown")
    #expect(comment.output.contains("| 1 | `approve` | moves to approve | purchase-1 |"), "\(comment.output)")
    let json = try await scratch.writ("check", "--base", "HEAD", "--format", "json")
    #expect(json.output.contains(#""fate": "misfits""#) && json.output.contains(#""because": ["#))
  }

  @Test("with errors nothing moves, and it says so; what would need an operator is told")
  func troubles() async throws {
    let scratch = try await begun(migrate: "migrate: {steps: {buy: orderr}}")
    let broken = try await scratch.writ("check", "--base", "HEAD")
    #expect(broken.status == 1 && broken.output.contains("error[W012]"), "\(broken.output)")
    #expect(broken.output.contains("there are errors, so nothing of it would be deployed"))
    #expect(!broken.output.contains("moves to"))
    try scratch.write(
      try scratch.read(Self.path).replacing("orderr", with: "order").replacing(
        "assignees: [initiator]", with: #"assignees: [{expr: "input.item == 'Lamp' ? [] : [instance.initiator]"}]"#),
      to: Self.path)
    let idle = try await scratch.writ("check", "--base", "HEAD")
    #expect(idle.output.contains("moves to order: purchase-2"), "\(idle.output)\(idle.errors)")
    #expect(idle.output.contains("- needs an operator then: 'order' asks"), "\(idle.output)\(idle.errors)")
  }

  @Test("deploy moves what fits; what did not fit is told, moved by hand when it fits, and the record holds")
  func apply() async throws {
    let scratch = try await begun(migrate: "migrate: {}")
    let writ = scratch.writ
    try await writ.git("commit", "--all", "--quiet", "--message", "Order, not buy")
    let deploy = try await writ("deploy")
    #expect(
      deploy.output.contains("team/purchase: 1 running instance moved, 1 stayed"), "\(deploy.output)\(deploy.errors)")
    #expect(deploy.output.contains("purchase-2 does not fit: there is no step 'buy' any more"))
    let dry = try await writ("migrate", "purchase", "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("stays, does not fit"), "\(dry.output)\(dry.errors)")
    #expect(try await writ("migrate", "2").status == 3)
    #expect(try await writ("migrate", "1").errors.contains("is on version 2, which is the newest"))
    try scratch.write(
      try scratch.read(Self.path).replacing("migrate: {}", with: "migrate: {steps: {buy: order}, from: [1]}"),
      to: Self.path)
    try await writ.git("commit", "--all", "--quiet", "--message", "And say where it goes")
    #expect(try await writ("deploy").output.contains("1 running instance moved, 0 stayed"))
    #expect(try await writ("log", "2").output.contains("moved it on to version 3"))
    #expect(try await writ("complete", "2").output.hasPrefix("purchase-2  bought"))
    try await writ("approve", "1")
    let verify = try await writ("verify")
    #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
  }
}
