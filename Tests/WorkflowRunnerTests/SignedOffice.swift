import CEL
import Foundation
import GitStore
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

/// An office whose one approval wants the approver's own signature.
struct SignedOffice {
  let office: Office
  let keys: Keyring

  init(assurance: String = "key", bob: String = "ed25519") async throws {
    keys = try Keyring()
    office = try Office()
    try keys.make("bob", bob)
    for name in ["carl", "anna", "forge", "stranger"] { try keys.make(name) }
    try office.write(
      "workflows/office/leave.yaml",
      Office.leave.replacing("approvers: [role:boss]", with: "approvers: [role:boss]\n    assurance: \(assurance)"))
    try await deploy(bob: "{key: \(try keys.publicKey("bob"))}")
  }

  /// - Parameter bob: the entry of his key.
  func deploy(bob: String) async throws {
    let people = """
      writ: 1
      roles: {employee: Everybody, boss: Bosses}
      people:
        anna:
          name: Anna
          email: anna@example.com
          roles: [employee]
          manager: bob
          keys: [\(try keys.publicKey("anna"))]
        bob:
          name: Bob
          email: bob@example.com
          roles: [employee, boss]
          logins: [github:bob-the-boss]
          keys: [\(bob)]
        carl:
          name: Carl
          email: carl@example.com
          roles: [employee, boss]
          keys: [\(try keys.publicKey("carl"))]
      forges:
        github: {keys: [\(try keys.publicKey("forge"))]}
      """
    try office.write("people.yaml", people)
    try office.commit("policy")
    await office.deploy()
    let report = try #require(office.runner.snapshot.deployment.reports.first)
    #expect(report.isDeployed, "\(report.findings)")
  }

  func start() async throws -> Instance { try await office.start() }

  func document(_ instance: Instance, by person: PersonID = "bob") throws -> DecisionDocument {
    let visit = try #require(instance.visits.first)
    let request = try #require(
      InboxRequest(visit, of: instance, for: person, repository: office.runner.snapshot.repository))
    return DecisionDocument(
      request.binding, .approve, reason: nil, actingFor: nil, expires: office.clock.now.adding(.seconds(3_600)))
  }

  func submit(_ document: DecisionDocument, with key: String = "bob") async throws -> Receipt {
    try await submit(document.bytes, try keys.sign(document.bytes, with: key))
  }

  func submit(_ bytes: [UInt8], _ signature: String) async throws -> Receipt {
    try await office.runner.submit(SignedDecision(document: bytes, signature: signature))
  }

  /// The words of the refusal; an empty text where there was none.
  func refusal(_ body: () async throws -> Receipt) async -> String {
    do {
      _ = try await body()
      return ""
    } catch SubmitError.refused(let rejection) {
      return rejection.message
    } catch {
      return "\(error)"
    }
  }
}
