import Foundation
import Testing
import WorkflowEngine

@testable import WorkflowRunner

/// Commits that say something else than they look like: what lies where, in what shape, in how many files.
@Suite("Decisions smuggled into commits")
struct SmuggledCommitTests {
  private func verdicts(_ clone: InboxClone) throws -> [String] {
    try clone.office.office.runner.timeline(of: clone.instance.id.number).compactMap {
      if case .decided(let decided) = $0.event { "\(decided.by) \(decided.verdict.rawValue)" } else { nil }
    }
  }

  private func words(_ clone: InboxClone, _ path: String) throws -> String {
    try clone.answer(path).replacing(/\n#\s+/, with: " ")
  }

  @Test("a decision that a merge brings along and no parent has is answered, not counted, whoever signed the merge")
  func merge() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.run("bob", ["switch", "--quiet", "--create", "side"])
    try "a note".write(toFile: clone.folder + "/note.txt", atomically: true, encoding: .utf8)
    try clone.run("bob", ["add", "--all"])
    try clone.commit(as: "bob", key: "bob")
    try clone.run("bob", ["switch", "--quiet", Intake.branch])
    try clone.run("bob", ["merge", "--quiet", "--no-ff", "--no-commit", "side"])
    try clone.edit(path)
    try clone.commit(as: "bob", key: "bob")
    #expect(try clone.run("bob", ["rev-list", "--merges", "--count", "HEAD"]) == "1\n")
    try await clone.push()
    #expect(try verdicts(clone) == [])
    #expect(try words(clone, path).contains("first appears in a merge"))
  }

  @Test(
    "a file that is a link, a submodule or in another place decides nothing",
    arguments: ["link", "submodule", "case", "above", "beside"])
  func places(_ kind: String) async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path)
    let decided = try clone.run("bob", ["hash-object", "-w", path]).trimmingCharacters(in: .newlines)
    try clone.run("bob", ["checkout", "--quiet", path])
    let folder = String(path.split(separator: "/")[0])
    let head = try clone.run("bob", ["rev-parse", "HEAD"]).trimmingCharacters(in: .newlines)
    let entry =
      switch kind {
      case "link": "120000,\(decided),\(path)"
      case "submodule": "160000,\(head),\(path)"
      case "case": "100644,\(decided),\(folder.uppercased())/bob.yaml"
      case "above": "100644,\(decided),bob.yaml"
      default: "100644,\(decided),\(folder)/Bob.yaml"
      }
    try clone.run("bob", ["update-index", "--add", "--cacheinfo", entry])
    try clone.run(
      "bob",
      [
        "-c", "gpg.format=ssh", "-c", "user.signingkey=\(clone.office.keys.path("bob"))", "commit", "-S", "--quiet",
        "--message",
        "Decide",
      ])
    try await clone.push()
    #expect(try verdicts(clone) == [])
    try clone.run("bob", ["reset", "--quiet", "--hard", "origin/\(Intake.branch)"])
    try clone.edit(path)
    try clone.commit(as: "bob", key: "bob")
    try await clone.push()
    #expect(try verdicts(clone) == ["bob approve"])
  }

  @Test("lines that end as on Windows, and a bit that makes the file executable, change nothing of what it says")
  func shapes() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path)
    try clone.read(path).replacing("\n", with: "\r\n").write(
      toFile: clone.folder + "/" + path, atomically: true, encoding: .utf8)
    try clone.run("bob", ["update-index", "--chmod=+x", path])
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: clone.folder + "/" + path)
    try clone.commit(as: "bob", key: "bob")
    try await clone.push()
    #expect(try verdicts(clone) == ["bob approve"])
  }

  @Test(
    "a file that says two things says nothing",
    arguments: [
      "decision: approve\ndecision: reject\nreason: no", "decision: approve\nDecision: reject", "decision: [approve]",
    ])
  func twoThings(_ lines: String) async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path, lines)
    try clone.commit(as: "bob", key: "bob")
    try await clone.push()
    #expect(try verdicts(clone) == [])
    #expect(try clone.answer(path).contains("NOT COUNTED"))
  }

  @Test("one commit that decides in several people's files is one person's one voice")
  func several() async throws {
    let clone = try await InboxClone()
    let own = try clone.file()
    let other = try clone.file(of: "carl")
    for path in [own, other] { try clone.edit(path) }
    try clone.commit(as: "carl", key: "bob", "--author=Carl <carl@example.com>")
    try await clone.push()
    #expect(try verdicts(clone) == ["bob approve"])
  }

  @Test("a decision carried over from an earlier visit decides no later one, though it is signed and was good")
  func laterVisit() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path)
    try clone.commit(as: "bob", key: "bob")
    let number = clone.instance.id.number
    _ = try await clone.office.office.runner.submit(
      Request(by: "carl", .act(number, .reopen(step: nil, reason: "look again"))))
    try await clone.push()
    #expect(try verdicts(clone) == [])
    let now = try #require(clone.office.office.runner.snapshot.instance(number)?.visits.first)
    #expect(now.number == 2)
  }

  @Test("a key that was revoked between signing and receipt signs nothing, whatever date the commit bears")
  func revokedMeanwhile() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path)
    try clone.commit(as: "bob", key: "bob", "--date=2026-01-01T00:00:00Z")
    try await clone.office.deploy(bob: "{key: \(try clone.office.keys.publicKey("bob")), revoked: true}")
    try await clone.push()
    #expect(try verdicts(clone) == [])
    #expect(try words(clone, path).contains("revoked"))
  }
}
