import CEL
import Foundation
import GitStore
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

/// A clone of the inbox branch, edited and committed with stock git.
struct InboxClone {
  let office: SignedOffice
  let intake: Intake
  let folder: String
  let instance: Instance

  init(assurance: String = "key") async throws {
    office = try await SignedOffice(assurance: assurance)
    intake = Intake(
      runner: office.office.runner, repository: office.office.repository, logger: office.office.logger)
    instance = try await office.start()
    await intake.step()
    folder = office.keys.path("clone")
    try Office.git(
      office.office.folder, "clone", "--quiet", "--branch", Intake.branch, office.office.folder, folder)
  }

  func file(of person: PersonID = "bob") throws -> String {
    let visit = try #require(instance.visits.first)
    return try #require(InboxRequest(visit, of: instance, for: person, repository: "")).binding.path
  }

  func read(_ path: String) throws -> String { try String(contentsOfFile: folder + "/" + path, encoding: .utf8) }

  func edit(_ path: String, _ decision: String = "decision: approve") throws {
    let text = try read(path)
    try text.replacing("decision:\n", with: decision + "\n").write(
      toFile: folder + "/" + path, atomically: true, encoding: .utf8)
  }

  /// - Parameter key: signs the commit; `nil`: nobody does.
  func commit(as person: String, key: String?, _ more: String...) throws {
    let signing =
      key.map { ["-c", "gpg.format=ssh", "-c", "user.signingkey=\(office.keys.path($0))", "commit", "-S"] } ?? [
        "commit"
      ]
    try run(person, signing + ["--quiet", "--all", "--message", "Decide"] + more)
  }

  @discardableResult
  func run(_ person: String, _ arguments: [String]) throws -> String {
    try Office.git(folder, as: person, arguments)
  }

  /// Pushes, has it taken in, and fetches what came of it.
  func push() async throws {
    try run("bob", ["push", "--quiet", "origin", "HEAD:\(Intake.branch)"])
    await intake.step()
    try run("bob", ["fetch", "--quiet", "origin"])
  }

  /// The file as the branch has it now; empty where it is gone.
  func answer(_ path: String) throws -> String {
    (try? run("bob", ["show", "origin/\(Intake.branch):\(path)"])) ?? ""
  }

  var decided: Decided? {
    get throws {
      try office.office.runner.timeline(of: instance.id.number).compactMap {
        if case .decided(let decided) = $0.event { decided } else { nil }
      }.first
    }
  }
}

@Suite("Signed commits on the inbox branch")
struct SignedCommitTests {
  @Test("the key says who decides, whatever author and committer say")
  func forgedAuthor() async throws {
    let clone = try await InboxClone()
    try clone.edit(try clone.file())
    try clone.commit(as: "carl", key: "bob", "--author=Anna <anna@example.com>")
    try await clone.push()
    let decided = try #require(try clone.decided)
    #expect(decided.by == "bob")
    #expect(decided.assurance == .key)
  }

  @Test("a commit that names bob and is signed by the initiator is hers, and she may not decide")
  func namesAnother() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path)
    try clone.commit(as: "bob", key: "anna")
    try await clone.push()
    #expect(try clone.decided == nil)
    #expect(try clone.answer(path).contains("anna may not decide here"))
  }

  @Test("unsigned, signed by a stranger, or signed by a key that is no longer good: answered in the file, not counted")
  func answered() async throws {
    for (key, words) in [(nil, "this level wants the assurance 'key'"), ("stranger", "nobody with that key")] {
      let clone = try await InboxClone()
      let path = try clone.file()
      try clone.edit(path)
      try clone.commit(as: "bob", key: key)
      try await clone.push()
      #expect(try clone.decided == nil)
      let answer = try clone.answer(path).replacing("\n#   ", with: " ")
      #expect(answer.contains("NOT COUNTED") && answer.contains(words), "\(answer)")
    }
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path)
    try clone.commit(as: "bob", key: "bob", "--date=2026-01-01T00:00:00Z")
    try await clone.office.deploy(bob: "{key: \(try clone.office.keys.publicKey("bob")), until: 2026-11-22}")
    try await clone.push()
    #expect(try clone.decided == nil)
    #expect(try clone.answer(path).replacing("\n#   ", with: " ").contains("counted until 2026-11-22"))
  }

  @Test("a commit changed after it was signed is refused")
  func changedAfterwards() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path)
    try clone.commit(as: "bob", key: "bob")
    let raw = try clone.run("bob", ["cat-file", "commit", "HEAD"])
    let file = clone.folder + "/../forged"
    try raw.replacing("Decide", with: "Decided").write(toFile: file, atomically: true, encoding: .utf8)
    let forged = try clone.run("bob", ["hash-object", "-t", "commit", "-w", file]).trimmingCharacters(in: .newlines)
    try clone.run("bob", ["reset", "--quiet", "--hard", forged])
    try await clone.push()
    #expect(try clone.decided == nil)
    #expect(try clone.answer(path).contains("does not fit"))
  }

  @Test(
    "a forge signs for whoever was logged in: the author, by address or by login",
    arguments: [
      "Bob <bob@example.com>", "Bob <1234567+bob-the-boss@users.noreply.github.com>",
    ])
  func forge(_ author: String) async throws {
    let clone = try await InboxClone(assurance: "forge")
    try clone.edit(try clone.file())
    try clone.commit(as: "noreply", key: "forge", "--author=\(author)")
    try await clone.push()
    let decided = try #require(try clone.decided)
    #expect(decided.by == "bob")
    #expect(decided.assurance == .forge)
  }

  @Test("what a forge signed is not the person's own signature, and one of several authors is nobody's")
  func forgeIsNoKey() async throws {
    for (assurance, trailer, words) in [
      ("key", "x", "wants the assurance 'key'"),
      ("forge", "Co-authored-by: Carl <carl@example.com>", "several authors"),
    ] {
      let clone = try await InboxClone(assurance: assurance)
      let path = try clone.file()
      try clone.edit(path)
      try clone.commit(as: "noreply", key: "forge", "--author=Bob <bob@example.com>", "--message", trailer)
      try await clone.push()
      #expect(try clone.decided == nil)
      #expect(try clone.answer(path).contains(words))
    }
  }

  @Test("the evidence is git's own objects, the parents' included, so that anybody can check the commit again")
  func evidence() async throws {
    let clone = try await InboxClone()
    let path = try clone.file()
    try clone.edit(path)
    try clone.commit(as: "bob", key: "bob")
    try await clone.push()
    let number = try #require(
      try clone.office.office.runner.timeline(of: clone.instance.id.number).first {
        if case .decided = $0.event { true } else { false }
      }?.number)
    let bytes = try #require(
      try clone.office.office.runner.evidence(of: clone.instance.id.number, event: number))
    let evidence = try #require(EvidenceFile(bytes))
    #expect(evidence.subject == path)
    #expect(evidence.parts.filter { $0.kind == .commit }.count == 2)
    #expect(evidence.parts.filter { $0.kind == .blob }.count == 2)
    for part in evidence.parts {
      let kind: ObjectKind? =
        switch part.kind {
        case .commit: .commit
        case .tree: .tree
        case .blob: .blob
        default: nil
        }
      if let kind { #expect(ObjectID.of(kind, part.bytes).description == part.id) }
    }
  }
}
