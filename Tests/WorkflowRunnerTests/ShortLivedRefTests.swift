import CEL
import Foundation
import GitStore
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("Decisions pushed as refs of their own")
struct ShortLivedRefTests {
  /// Pushes the document and its signature as a commit without parents.
  private func push(_ document: DecisionDocument, _ signature: String, from clone: InboxClone, as name: String) throws {
    let folder = clone.office.keys.path("pushing")
    try Office.git(clone.folder, "worktree", "add", "--quiet", "--detach", folder)
    try Office.git(folder, "checkout", "--quiet", "--orphan", "decision")
    try Office.git(folder, "rm", "--quiet", "-rf", ".")
    try Data(document.bytes).write(to: URL(fileURLWithPath: folder + "/decision.json"))
    try Data(signature.utf8).write(to: URL(fileURLWithPath: folder + "/decision.json.sig"))
    try Office.git(folder, "add", "--all")
    try Office.git(folder, as: "bob", "commit", "--quiet", "--message", "Decision")
    try Office.git(folder, "push", "--quiet", "origin", "HEAD:refs/writ/decisions/\(name)")
  }

  @Test("a signed document on a ref counts, and the ref is gone")
  func document() async throws {
    let clone = try await InboxClone()
    let document = try clone.office.document(clone.instance)
    try push(document, try clone.office.keys.sign(document.bytes, with: "bob"), from: clone, as: "one")
    await clone.intake.step()
    #expect(try clone.decided?.assurance == .key)
    #expect(clone.office.office.repository.refs(under: "refs/writ/decisions/").isEmpty)
  }

  @Test("one that does not count is answered in the person's file, and the ref is gone")
  func refused() async throws {
    let clone = try await InboxClone()
    let document = try clone.office.document(clone.instance)
    try push(document, try clone.office.keys.sign(document.bytes, with: "carl"), from: clone, as: "one")
    await clone.intake.step()
    try clone.run("bob", ["fetch", "--quiet", "origin"])
    #expect(try clone.decided == nil)
    #expect(try clone.answer(document.binding.path).contains("is not one of bob"))
    #expect(clone.office.office.repository.refs(under: "refs/writ/decisions/").isEmpty)
  }

  @Test("commits made on an older inbox are pushed to a ref when the branch has moved on, without a rebase")
  func commits() async throws {
    let clone = try await InboxClone()
    _ = try await clone.office.start()
    await clone.intake.step()
    try clone.edit(try clone.file())
    try clone.commit(as: "bob", key: "bob")
    #expect(throws: Office.GitFailure.self) {
      try clone.run("bob", ["push", "--quiet", "origin", "HEAD:\(Intake.branch)"])
    }
    try clone.run("bob", ["push", "--quiet", "origin", "HEAD:refs/writ/decisions/bob-1"])
    await clone.intake.step()
    #expect(try clone.decided?.by == "bob")
    try clone.run("bob", ["pull", "--quiet", "--ff-only", "origin", Intake.branch])
    #expect(!FileManager.default.fileExists(atPath: clone.folder + "/" + (try clone.file())))
  }

  @Test("commits that do not stand on the inbox are taken in, and never become part of it")
  func foreign() async throws {
    let clone = try await InboxClone()
    try clone.edit(try clone.file())
    let tree = try clone.run("bob", ["add", "--all"]) + clone.run("bob", ["write-tree"])
    let orphan = try clone.run(
      "bob",
      [
        "-c", "gpg.format=ssh", "-c", "user.signingkey=\(clone.office.keys.path("bob"))", "commit-tree", "-S",
        tree.trimmingCharacters(in: .newlines), "-m", "From nothing",
      ]
    ).trimmingCharacters(in: .newlines)
    try clone.run("bob", ["push", "--quiet", "origin", "\(orphan):refs/writ/decisions/bob-1"])
    await clone.intake.step()
    #expect(try clone.decided?.by == "bob")
    try clone.run("bob", ["fetch", "--quiet", "origin"])
    #expect(throws: Office.GitFailure.self) {
      try clone.run("bob", ["merge-base", "--is-ancestor", orphan, "origin/\(Intake.branch)"])
    }
  }

  @Test("anything else on such a ref changes nothing and is removed")
  func rubbish() async throws {
    let clone = try await InboxClone()
    try clone.run("bob", ["push", "--quiet", "origin", "origin/main:refs/writ/decisions/main"])
    let sequence = clone.office.office.runner.snapshot.sequence
    await clone.intake.step()
    #expect(clone.office.office.runner.snapshot.sequence == sequence)
    #expect(clone.office.office.repository.refs(under: "refs/writ/decisions/").isEmpty)
  }
}
