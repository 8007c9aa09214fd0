import CEL
import Testing
import WorkflowEngine

@Suite("Approvers by CODEOWNERS")
struct OwnerTests {
  /// erik and frida are finance (a team), bob has a login, carl an address.
  private static let owners = CodeOwners(
    file: "CODEOWNERS",
    sections: [
      {
        var section = CodeOwners.Section()
        section.lines = [
          ("*", ["@acme/finance"]), ("/config/", ["@bob-at-forge", "carl@example.com"]),
          ("/config/pay.yaml", ["@acme/finance"]), ("/own.txt", ["@anna"]), ("/free.txt", []),
        ].enumerated().map { CodeOwners.Line(number: $0 + 1, pattern: PathPattern($1.0), owners: $1.1) }
        return section
      }()
    ])

  private func bench(
    _ paths: String, _ require: ApprovalStep.Requirement = .eachGroup, owners: CodeOwners? = owners
  ) throws -> Bench {
    var bench = Bench([
      .approval(.level("ok", [.codeOwners(formula(paths))]) { $0.require = require }), .end("yes"), .end("no"),
    ])
    bench.people.owners = owners
    bench.people.people["bob"]?.logins = ["github:bob-at-forge"]
    try bench.start()
    return bench
  }

  @Test("each-group asks one of each distinct owner set; the last pattern that matches wins")
  func eachSet() throws {
    var bench = try bench("['README.md', 'config/a.yaml', 'config/b.yaml', 'config/pay.yaml']")
    let open = try #require(bench.approval())
    #expect(open.pool.map(\.person) == ["erik", "frida", "bob", "carl"])
    #expect(
      open.rule.needed == .eachGroup(["owners @acme/finance", "owners @bob-at-forge carl@example.com"]))
    try bench.approve(by: "erik")
    #expect(bench.state.outcome == nil)
    try bench.approve(by: "carl")
    #expect(bench.state.outcome == "completed")
  }

  @Test("one person may serve several owner sets")
  func several() throws {
    var bench = try bench("['README.md', 'config/a.yaml']")
    bench.people.people["carl"]?.roles.append("finance")
    try bench.take(.reopen(step: "ok", reason: "carl is in both"), by: "olga")
    try bench.approve(by: "carl")
    #expect(bench.state.outcome == "completed")
  }

  @Test("without each-group any owner of any path is enough")
  func any() throws {
    var bench = try bench("['README.md', 'config/a.yaml']", .count(1))
    try bench.approve(by: "bob")
    #expect(bench.state.outcome == "completed")
  }

  @Test("separation of duties holds: nobody approves what only they own, the level is blocked")
  func separated() throws {
    let bench = try bench("['README.md', 'own.txt']")
    #expect(bench.incident?.code == "nobody")
  }

  @Test(
    "a path that nobody owns, no path at all, and no file are blocked, never passed",
    arguments: ["['README.md', 'free.txt']", "[]"])
  func unowned(paths: String) throws {
    #expect(try bench(paths).incident?.code == "nobody")
    let words = try bench("['README.md']", owners: nil).incident?.message
    #expect(words == "the repository has no file CODEOWNERS")
  }

  @Test("who leaves the owning team loses the seat; a deployed CODEOWNERS of today decides who is left")
  func leaving() throws {
    var bench = try bench("['README.md']")
    bench.people.people["erik"]?.roles = []
    try bench.later(.seconds(1))
    #expect(bench.approval()?.pool.map(\.person) == ["frida"])
    #expect(refusal { try bench.approve(by: "erik") } == .notAllowed)
    try bench.approve(by: "frida")
    #expect(bench.state.outcome == "completed")
  }

  @Test(
    "patterns are those of .gitignore, as forges read them",
    arguments: [
      ("*", "a/b/c.txt", true), ("*.yaml", "deep/er/x.yaml", true), ("*.yaml", "x.yml", false),
      ("/config/", "config/a/b.yaml", true), ("/config/", "x/config/a", false), ("/config/", "config", false),
      ("config/", "x/config/a", true), ("docs/*", "docs/a.md", true), ("docs/*", "docs/a/b.md", false),
      ("/docs", "docs/a/b.md", true), ("**/payroll", "a/b/payroll/x", true), ("/a/**/z", "a/b/c/z", true),
      ("/a/**/z", "a/z", true), ("a?c", "abc", true), ("a\\*c", "abc", false), ("a\\*c", "a*c", true),
      ("/src/**", "src/a/b", true), ("apps/x", "apps/x/y", true), ("apps/x", "z/apps/x", false),
    ])
  func patterns(pattern: String, path: String, matches: Bool) {
    #expect(PathPattern(pattern).matches(path) == matches)
  }

  @Test("a hostile pattern takes no time")
  func hostile() {
    let pattern = PathPattern(String(repeating: "**/", count: 40) + String(repeating: "a*", count: 40) + "b")
    let path = String(repeating: "a/", count: 60) + String(repeating: "a", count: 200)
    #expect(!pattern.matches(path))
  }
}
