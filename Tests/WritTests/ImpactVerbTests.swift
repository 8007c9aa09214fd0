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
