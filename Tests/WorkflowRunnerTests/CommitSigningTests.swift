import CEL
import Foundation
import GitStore
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("Commits of the record are signed where 'signed-by' wants it")
struct CommitSigningTests {
  private func key(of office: Office) throws -> String {
    try #require(CommitKeys(try office.store.privateKeys()).texts.first)
  }

  private func deploy(_ office: Office, signedBy key: String?) async throws -> DeployReport? {
    try office.write("writ.yaml", "writ: 1\ntitle: Test\n" + (key.map { "signed-by: [\($0) the runner]\n" } ?? ""))
    try office.commit("signed by \(key ?? "nobody")")
    await office.deploy()
    return office.runner.snapshot.deployment.reports.first
  }

  /// What stock git says of the last commit: `G` is good, `N` none.
  private func verdict(_ office: Office, by key: String) throws -> String {
    let allowed = office.folder + "/allowed"
    try "runner namespaces=\"git\" \(key)\n".write(toFile: allowed, atomically: true, encoding: .utf8)
    return try Office.git(
      office.folder + "/state", "-c", "gpg.ssh.allowedSignersFile=\(allowed)", "log", "-1", "--format=%G?", "state"
    ).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("stock git finds the signature good, from the commit on that deploys the key until the one that takes it away")
  func signs() async throws {
    let office = try Office()
    let key = try key(of: office)
    _ = try await deploy(office, signedBy: nil)
    _ = try await office.start()
    #expect(try verdict(office, by: key) == "N")
    #expect(try await deploy(office, signedBy: key)?.isDeployed == true)
    #expect(try verdict(office, by: key) == "G")
    _ = try await office.start()
    #expect(try verdict(office, by: key) == "G")
    try Office.git(office.folder + "/state", "fsck", "--full", "--strict")
    _ = try await deploy(office, signedBy: nil)
    #expect(try verdict(office, by: key) == "N")
  }

  @Test("a commit that names other keys only is not deployed, and says how to learn the right one")
  func otherKey() async throws {
    let (office, other) = (try Office(), CommitKeys([Array(repeating: 7, count: 32)]).texts[0])
    _ = try await deploy(office, signedBy: try key(of: office))
    let report = try await deploy(office, signedBy: other)
    #expect(report?.isDeployed == false)
    #expect(report?.findings.contains { $0.contains("'signed-by' names no key of this runner") } == true)
    #expect(office.runner.snapshot.deployment.settings.signedBy == [try key(of: office)])
  }

  @Test("a runner without the key writes nothing, and goes on where its own is deployed")
  func lostKey() async throws {
    let office = try Office()
    _ = try await deploy(office, signedBy: try key(of: office))
    let store = try #require(office.store as? StateStore)
    let tip = store.tip
    let line = String(repeating: "ab", count: 32) + "\n"
    try line.write(toFile: store.gitFolder + "/writ/keys", atomically: true, encoding: .utf8)
    let restored = try Runner(
      store: store, newRepository: "unused", clock: { office.clock.now }, zones: Office.zones.rules)
    await #expect(throws: SubmitError.self) {
      _ = try await restored.submit(Request(by: "anna", .start(workflow: "leave", input: ["days": 1])))
    }
    #expect(store.tip == tip)
    let own = try key(of: office)
    try office.write("writ.yaml", "writ: 1\ntitle: Test\nsigned-by: [\(own)]\n")
    try office.commit("the key of the new machine")
    let commit = try #require(office.repository.ref("refs/heads/main"))
    #expect(try await Deployer(runner: restored, repository: office.repository).deploy(commit).isDeployed)
    _ = try await restored.submit(Request(by: "anna", .start(workflow: "leave", input: ["days": 1])))
    #expect(try verdict(office, by: own) == "G")
  }

  @Test("each private key has a key of its own, and the named one signs")
  func rotation() throws {
    let keys = CommitKeys([Array(repeating: 1, count: 32), Array(repeating: 2, count: 32)])
    #expect(Set(keys.texts).count == 2)
    let commit = Array("tree 0\n\nwords\n".utf8)
    for text in keys.texts {
      let signature = try #require(SSHSignature(armoured: keys.signer(byOneOf: [text])?(commit) ?? ""))
      #expect(signature.key.text == text && signature.signs(commit) == true)
      #expect(signature.signs(commit + [0]) == false)
    }
    #expect(keys.signer(byOneOf: []) == nil && keys.problem(with: []) == nil)
  }
}
