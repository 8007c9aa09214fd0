import CEL
import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

@Suite("Evidence stands alone")
struct AuditTests {
  /// The shell blocks of docs/audit.md, as one script.
  private static func script() throws -> String {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/audit.md")
    let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```sh\n").dropFirst()
    return "set -eu\n" + blocks.compactMap { $0.components(separatedBy: "```").first }.joined()
  }

  private func audit(_ office: SignedOffice, _ id: InstanceID) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", try Self.script()]
    process.currentDirectoryURL = office.keys.folder
    process.environment = ["PATH": "/usr/bin:/bin", "RECORD": office.office.folder + "/state", "ID": "\(id)"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test("a signed document is checked with git and ssh-keygen alone, as docs/audit.md says")
  func document() async throws {
    let office = try await SignedOffice()
    let instance = try await office.start()
    _ = try await office.submit(try office.document(instance))
    let (status, output) = try audit(office, instance.id)
    #expect(status == 0, "\(output)")
    #expect(output.contains("Good \"writ-decision@v1\" signature for bob"))
  }

  @Test("a signed commit is put back from its evidence and checked with stock git, as docs/audit.md says")
  func commit() async throws {
    let clone = try await InboxClone()
    try clone.edit(try clone.file())
    try clone.commit(as: "bob", key: "bob")
    try await clone.push()
    let (status, output) = try audit(clone.office, clone.instance.id)
    #expect(status == 0, "\(output)")
    #expect(output.contains("Good \"git\" signature for bob"))
    #expect(output.contains("+decision: approve"))
  }

  @Test("the record's own check finds a decision, a time or a key that the evidence does not bear out")
  func recorded() async throws {
    let office = try await SignedOffice()
    let instance = try await office.start()
    let receipt = try await office.submit(try office.document(instance))
    let entry = receipt.entries[0]
    guard case .decided(let decided) = entry.event else { return }
    let runner = office.office.runner
    let bytes = try #require(try runner.evidence(of: instance.id.number, event: entry.number))
    let problem = { (bytes: [UInt8], at: Timestamp, change: (inout Decided) -> Void) -> String? in
      var claim = decided
      change(&claim)
      let decision = RecordedDecision(repository: runner.snapshot.repository, on: instance, claim, at: at)
      return await decision?.problem(in: bytes) { $0 == runner.snapshot.deployment.commit ? runner.policy() : nil }
    }
    #expect(await problem(bytes, entry.at) { _ in } == nil)
    #expect(await problem(bytes, entry.at) { $0.verdict = .reject } != nil)
    #expect(await problem(bytes, entry.at) { $0.by = "carl" } != nil)
    #expect(await problem(bytes, entry.at) { $0.reason = "no" } != nil)
    #expect(await problem(bytes, entry.at) { $0.key = "SHA256:other" } != nil)
    #expect(await problem(bytes, entry.at.adding(.seconds(7_200))) { _ in } != nil)
    var changed = bytes
    for place in bytes.indices {
      changed[place] ^= 1
      #expect(await problem(changed, entry.at) { _ in } != nil, "byte \(place)")
      changed[place] ^= 1
    }
  }
}
