import Foundation
import GitStore
import Testing
import WorkflowEngine

@testable import WorkflowRunner

@Suite("Showing the files of the record")
struct DisplayTests {
  private func text(_ office: Office, _ path: String) -> String? {
    try? String(contentsOfFile: "\(office.folder)/state/\(path)", encoding: .utf8)
  }

  @Test("live files are shown, follow every change, and move to the archive")
  func follows() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let instance = try await office.start()
    let display = Display(runner: office.runner, folder: office.folder + "/state", logger: office.logger)
    try display.show()
    #expect(text(office, "instances/0x/\(instance.id).yaml")?.contains("status: waiting") == true)
    #expect(text(office, "README.md")?.contains("Shown here is commit \(office.store.tip!)") == true)
    _ = try await office.runner.submit(
      Request(by: "bob", .act(instance.id.number, .decide(Command.Decide(.reject, reason: "no")))))
    try display.show()
    #expect(text(office, "instances/0x/\(instance.id).yaml") == nil)
    #expect(text(office, "archive/0x/\(instance.id).yaml")?.contains("status: completed") == true)
  }

  @Test("a file that it did not write is never touched")
  func leavesOthersAlone() async throws {
    let office = try Office()
    try office.commit()
    await office.deploy()
    let display = Display(runner: office.runner, folder: office.folder + "/state", logger: office.logger)
    try display.show()
    let instance = try await office.start()
    try display.show()
    let path = "instances/0x/\(instance.id).yaml"
    try office.write("state/" + path, "mine")
    _ = try await office.runner.submit(
      Request(by: "bob", .act(instance.id.number, .decide(Command.Decide(.reject, reason: "no")))))
    try display.show()
    #expect(text(office, path) == "mine")
  }

  @Test("where somebody else's README stands, nothing is shown")
  func keepsAForeignReadme() async throws {
    let office = try Office()
    try office.write("state/README.md", "# Not yours\n")
    try office.commit()
    await office.deploy()
    try Display(runner: office.runner, folder: office.folder + "/state", logger: office.logger).show()
    #expect(text(office, "README.md") == "# Not yours\n")
    #expect(text(office, "runner.yaml") == nil)
  }
}
