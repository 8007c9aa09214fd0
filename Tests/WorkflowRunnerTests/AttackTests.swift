import CEL
import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import GitStore
@testable import WorkflowRunner

@Suite("Attacks on decisions by commit")
struct AttackTests {
  @Test("every flipped bit, cut and doubled byte of a signed commit proves nothing, thousands of them")
  func mutatedCommits() async throws {
    let clone = try await InboxClone()
    try clone.edit(try clone.file())
    try clone.commit(as: "bob", key: "bob")
    let raw = Array(try clone.run("bob", ["cat-file", "commit", "HEAD"]).utf8)
    let policy = clone.office.office.runner.policy()
    let whole = try await CommitSignatory(of: try #require(CommitInfo(id: .of(.commit, raw), raw: raw)), under: policy)
    #expect(whole.assurance == .key)
    let armour = CommitInfo(id: .of(.commit, raw), raw: raw)?.signature?.armoured
    let signature = try #require(armour.flatMap { SSHSignature(armoured: $0) })
    var tried = 0
    for place in raw.indices {
      for change in Falsified.variants(of: raw, at: place) {
        guard let commit = CommitInfo(id: .of(.commit, change), raw: change) else { continue }
        // Where lines break is not part of a signature, and the signature does not sign itself.
        if let seal = commit.signature, SSHSignature(armoured: seal.armoured) == signature,
          seal.signed == CommitInfo(id: .of(.commit, raw), raw: raw)?.signature?.signed
        {
          continue
        }
        tried += 1
        guard let found = try? await CommitSignatory(of: commit, under: policy) else { continue }
        #expect(found.assurance == .unverified, "\(String(decoding: change, as: UTF8.self))")
      }
    }
    #expect(tried > 1_500)
  }

  @Test("hundreds of false documents on refs of their own are all refused and removed; the true one then counts")
  func shortRefs() async throws {
    let clone = try await InboxClone()
    let (office, repository) = (clone.office, clone.office.office.repository)
    let document = try office.document(clone.instance)
    let signature = try office.keys.sign(document.bytes, with: "bob")
    let who = Signature(name: "Mallory", email: "mallory@example.com", time: 1, offset: 0)
    func push(_ bytes: [UInt8], _ signature: String, as name: String) throws {
      let commit = try repository.createCommit(
        [
          .write(DecisionDocument.file, bytes), .write(DecisionDocument.signatureFile, Array(signature.utf8)),
        ], on: nil, message: "Decision\n", author: who, committer: who)
      try repository.updateRef(Intake.shortLived + name, to: commit, expecting: nil)
    }
    for place in document.bytes.indices {
      for (turn, change) in Falsified.variants(of: document.bytes, at: place).enumerated() where (place + turn) % 3 == 0
      {
        try push(change, signature, as: "d\(place)-\(turn)")
      }
    }
    try push(document.bytes, String(repeating: "A", count: 100_000), as: "oversized")
    try push(Array(repeating: 0x20, count: 100_000), signature, as: "oversized-document")
    let sequence = office.office.runner.snapshot.instance(clone.instance.id.number)?.events
    await clone.intake.step()
    #expect(repository.refs(under: Intake.shortLived).isEmpty)
    #expect(office.office.runner.snapshot.instance(clone.instance.id.number)?.events == sequence)
    try push(document.bytes, signature, as: "true")
    await clone.intake.step()
    #expect(try clone.decided?.by == "bob")
  }

  @Test("facts that somebody changed in the file before it was decided: refused, though the decision is signed")
  func falsifiedFacts() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    let text = try clone.read(path)
    #expect(text.contains("Days: 3"))
    try text.replacing("Days: 3", with: "Days: 1").replacing("decision:\n", with: "decision: approve\n").write(
      toFile: clone.folder + "/" + path, atomically: true, encoding: .utf8)
    try clone.commit(as: "bob", key: "bob")
    try await clone.push()
    #expect(try clone.decided == nil)
    #expect(try clone.answer(path).replacing("\n#   ", with: " ").contains("what the file shows is not what is asked"))
  }

  @Test("a file too large to read, a file where a folder should be, and strange names keep nobody else out")
  func obstacles() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    let folder = path.split(separator: "/")[0]
    let large = String(repeating: "# padding that nobody reads\n", count: 50_000)
    try large.write(toFile: clone.folder + "/" + path, atomically: true, encoding: .utf8)
    try clone.commit(as: "carl", key: "carl")
    try await clone.push()
    try clone.run("bob", ["reset", "--quiet", "--hard", "origin/\(Intake.branch)"])
    #expect(try clone.read(path).contains("too large"))
    try clone.run("bob", ["rm", "-r", "--quiet", String(folder)])
    try "no folder".write(toFile: clone.folder + "/" + folder, atomically: true, encoding: .utf8)
    try clone.run("bob", ["add", "--all"])
    try clone.commit(as: "carl", key: "carl")
    try await clone.push()
    try clone.run("bob", ["reset", "--quiet", "--hard", "origin/\(Intake.branch)"])
    try clone.edit(path)
    try clone.commit(as: "bob", key: "bob")
    try await clone.push()
    #expect(try clone.decided?.by == "bob")
  }

  @Test(
    "addresses that only look like a forge's own are nobody's",
    arguments: [
      "1234567+bob-the-boss@noreply.evil.example", "1234567+bob-the-boss@users.noreply.github.com.evil.example",
      "bob-the-boss@users.noreply.github.com", "123-bob-the-boss@users.noreply.github.com",
      "1234567+bob-the-boss@users.noreply.gitlab.com", "+bob-the-boss@users.noreply.github.com",
      "1234567+bob-the-boss@users.noreply.github.com@evil.example", "１+bob-the-boss@users.noreply.github.com",
    ])
  func lookalikes(_ address: String) async throws {
    let clone = try await InboxClone(assurance: "forge")
    let path = try clone.file()
    try clone.edit(path)
    try clone.commit(as: "noreply", key: "forge", "--author=Bob <\(address)>")
    try await clone.push()
    #expect(try clone.decided == nil)
    #expect(try clone.answer(path).replacing("\n#   ", with: " ").contains("knows nobody"))
  }

  @Test("a decision that counted, pushed again by somebody else as a ref, happens once")
  func replay() async throws {
    let clone = try await InboxClone()
    try clone.edit(try clone.file())
    try clone.commit(as: "bob", key: "bob")
    let signed = try clone.run("bob", ["rev-parse", "HEAD"]).trimmingCharacters(in: .newlines)
    try await clone.push()
    let before = clone.office.office.runner.snapshot.instance(clone.instance.id.number)
    for name in ["again", "once-more"] {
      try clone.run("carl", ["push", "--quiet", "origin", "\(signed):refs/writ/decisions/\(name)"])
      await clone.intake.step()
    }
    #expect(clone.office.office.runner.snapshot.instance(clone.instance.id.number) == before)
  }
}
