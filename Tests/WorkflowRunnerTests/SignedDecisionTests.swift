import CEL
import Foundation
import GitStore
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("Signed decisions")
struct SignedDecisionTests {
  @Test(
    "a decision signed with the person's own key counts, and the record says so",
    arguments: ["ed25519", "ecdsa", "rsa"])
  func counts(_ type: String) async throws {
    let office = try await SignedOffice(bob: type)
    let instance = try await office.start()
    let document = try office.document(instance)
    let receipt = try await office.submit(document)
    #expect(receipt.instance?.outcome == "granted" || receipt.instance?.status != .waiting)
    let decided = try #require(
      receipt.entries.compactMap { if case .decided(let it) = $0.event { it } else { nil } }.first)
    #expect(decided.by == "bob")
    #expect(decided.assurance == .key)
    #expect(decided.key == SSHKey(line: try office.keys.publicKey("bob"))?.fingerprint)
    let kept = try office.office.runner.evidence(of: instance.id.number, event: receipt.entries[0].number)
    let evidence = try #require(kept.flatMap { EvidenceFile($0) })
    #expect(evidence.first(.document)?.bytes == document.bytes)
    #expect(evidence.first(.policy)?.id == office.office.runner.snapshot.deployment.commit)
  }

  @Test("the same decision handed in twice happens once")
  func duplicate() async throws {
    let office = try await SignedOffice()
    let document = try office.document(try await office.start())
    let signature = try office.keys.sign(document.bytes, with: "bob")
    _ = try await office.submit(document.bytes, signature)
    let sequence = office.office.runner.snapshot.sequence
    #expect(try await office.submit(document.bytes, signature).isReplay)
    #expect(office.office.runner.snapshot.sequence == sequence)
    office.office.clock.advance(.seconds(25 * 3_600))
    #expect(await office.refusal { try await office.submit(document.bytes, signature) }.contains("was good until"))
  }

  @Test("without a signature a level that wants one is not decided, at any door")
  func unsigned() async throws {
    let office = try await SignedOffice()
    let instance = try await office.start()
    let words = await office.refusal {
      try await office.office.runner.submit(
        Request(by: "bob", .act(instance.id.number, .decide(Command.Decide(.approve)))))
    }
    #expect(words == "this level wants the assurance 'key'; this decision has 'session'")
  }

  @Test("a key counts from its first day to its last, judged on receipt and not by what the document says")
  func validity() async throws {
    let office = try await SignedOffice()
    let key = try office.keys.publicKey("bob")
    let document = try office.document(try await office.start())
    try await office.deploy(bob: "{key: \(key), from: 2026-11-24}")
    #expect(await office.refusal { try await office.submit(document) }.contains("counts from 2026-11-24 on"))
    try await office.deploy(bob: "{key: \(key), until: 2026-11-22}")
    #expect(await office.refusal { try await office.submit(document) }.contains("counted until 2026-11-22"))
    try await office.deploy(bob: "{key: \(key), revoked: true}")
    #expect(await office.refusal { try await office.submit(document) }.contains("is revoked"))
    try await office.deploy(bob: try office.keys.publicKey("stranger"))
    #expect(await office.refusal { try await office.submit(document) }.contains("people.yaml knows no key"))
    try await office.deploy(bob: "{key: \(key), from: 2026-11-23, until: 2026-11-23}")
    #expect(await office.refusal { try await office.submit(document) }.isEmpty)
  }

  typealias Change = @Sendable (inout DecisionDocument) -> Void

  /// What somebody who holds a good key could write, each with the words that answer it.
  static let lies: [(name: String, key: String, words: String, change: Change)] = [
    ("another's name", "bob", "is not one of carl", { $0.binding.person = "carl" }),
    ("another's key", "carl", "is not one of bob", { _ in }),
    ("the initiator's key", "anna", "anna may not decide here", { $0.binding.person = "anna" }),
    ("a key nobody knows", "stranger", "people.yaml knows no key", { _ in }),
    ("the forge's key", "forge", "is not one of bob", { _ in }),
    ("another record", "bob", "belongs to another record", { $0.binding.repository = "r2" }),
    (
      "an instance that is not there", "bob", "there is no instance leave-99",
      { $0.binding.instance = InstanceID("leave-99")! }
    ),
    (
      "another name of the instance", "bob", "there is no instance pay-1",
      { $0.binding.instance = InstanceID("pay-1")! }
    ),
    ("another step", "bob", "has no open approval", { $0.binding.step = "tell" }),
    ("another visit", "bob", "is no longer open", { $0.binding.visit = 2 }),
    ("another level", "bob", "is closed", { $0.binding.level = "second" }),
    ("another version", "bob", "another version", { $0.binding.definition = "00" }),
    ("another amount", "bob", "what was shown has changed", { $0.binding.shown = "00" }),
    ("another request", "bob", "an earlier request", { $0.binding.nonce = "00" }),
    ("a reject without a reason", "bob", "needs a reason", { $0.verdict = .reject }),
    ("somebody's seat", "bob", "the seat of carl", { $0.actingFor = "carl" }),
    ("an expiry in the past", "bob", "was good until", { $0.expires = Timestamp(rfc3339: "2026-11-22T09:00:00Z")! }),
  ]

  @Test("whatever a signed document lies about is refused in words, and nothing happens", arguments: lies.indices)
  func refused(_ index: Int) async throws {
    let lie = Self.lies[index]
    let office = try await SignedOffice()
    let instance = try await office.start()
    var document = try office.document(instance)
    lie.change(&document)
    let words = await office.refusal { try await office.submit(document, with: lie.key) }
    #expect(!words.isEmpty && words.contains(lie.words), "\(lie.name): \(words)")
    #expect(office.office.runner.snapshot.instance(instance.id.number) == instance)
  }

  @Test("a document of one instance decides no other")
  func swapped() async throws {
    let office = try await SignedOffice()
    let (first, second) = (try await office.start(), try await office.start())
    var document = try office.document(first)
    document.binding.instance = second.id
    #expect(await office.refusal { try await office.submit(document) }.contains("an earlier request"))
    let signature = try office.keys.sign(try office.document(first).bytes, with: "bob")
    let other = try office.document(second).bytes
    #expect(await office.refusal { try await office.submit(other, signature) }.contains("does not fit"))
  }

  @Test("a signature for another purpose is none for a decision")
  func namespaces() async throws {
    let office = try await SignedOffice()
    let document = try office.document(try await office.start())
    for namespace in ["git", "file", "writ-decision@v2"] {
      let signature = try office.keys.sign(document.bytes, with: "bob", for: namespace)
      #expect(
        await office.refusal { try await office.submit(document.bytes, signature) }.contains("is for '\(namespace)'"))
    }
  }

  @Test("every flipped bit, cut and doubled byte of document and signature is refused, thousands of them")
  func mutations() async throws {
    let office = try await SignedOffice()
    let instance = try await office.start()
    let (bytes, signature) = try await {
      let document = try office.document(instance)
      return (document.bytes, try office.keys.sign(document.bytes, with: "bob"))
    }()
    var tried = 0
    for place in bytes.indices {
      for change in Falsified.variants(of: bytes, at: place) {
        let words = await office.refusal { try await office.submit(change, signature) }
        #expect(!words.isEmpty, "\(String(decoding: change, as: UTF8.self))")
        tried += 1
      }
    }
    let armour = Array(signature.utf8)
    let original = try #require(SSHSignature(armoured: signature))
    for place in armour.indices {
      for change in Falsified.variants(of: armour, at: place) {
        let text = String(decoding: change, as: UTF8.self)
        // Where lines break is not part of a signature.
        guard SSHSignature(armoured: text) != original else { continue }
        let words = await office.refusal { try await office.submit(bytes, text) }
        #expect(!words.isEmpty, "\(text)")
        tried += 1
      }
    }
    #expect(tried > 3_000)
    #expect(office.office.runner.snapshot.instance(instance.id.number) == instance)
    #expect(await office.refusal { try await office.submit(bytes, signature) }.isEmpty)
  }

  @Test("what is too large or no signature at all is refused before anything is computed")
  func oversized() async throws {
    let office = try await SignedOffice()
    var document = try office.document(try await office.start())
    let signature = try office.keys.sign(document.bytes, with: "bob")
    for text in ["", "-----BEGIN PGP SIGNATURE-----\n", signature + signature, String(repeating: "A", count: 1 << 20)] {
      #expect(await office.refusal { try await office.submit(document.bytes, text) }.contains("OpenSSH"))
    }
    document.reason = String(repeating: "x", count: 20_000)
    #expect(await office.refusal { try await office.submit(document) }.contains("more than"))
  }
}
