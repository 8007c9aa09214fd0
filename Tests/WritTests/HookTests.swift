import Foundation
import Testing

/// A bare repository that people push to, with the hook in place, and Ada's clone of it.
private struct Pushing {
  let scratch: Scratch
  let bare: String
  var writ: Program { scratch.writ }

  init(deployed: Bool = false) async throws {
    scratch = try await Scratch.begun(deployed: false)
    bare = scratch.root.appending(path: "company.git").path
    try await scratch.writ.git("clone", "--quiet", "--bare", scratch.writ.folder, bare)
    let hook = bare + "/hooks/pre-receive"
    try "#!/bin/sh\nexec \(Program.absolute) hook pre-receive\n".write(toFile: hook, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
    try await scratch.writ.git("remote", "add", "origin", bare)
  }
}

extension Program {
  fileprivate static var absolute: String { URL(fileURLWithPath: path).standardizedFileURL.path }
}

@Suite("The hook of a server that people push to")
struct HookTests {
  @Test("a push that would not deploy is refused with the place and the reason; a good one goes through")
  func deploys() async throws {
    let pushing = try await Pushing()
    let path = "workflows/team/purchase.yaml"
    let good = try pushing.scratch.read(path)
    try pushing.scratch.write(good.replacing("then: buy}", with: "then: buyy}"), to: path)
    try await pushing.writ.git("commit", "--all", "--quiet", "--message", "A slip")
    let refused = try await pushing.writ.git("push", "origin", "HEAD")
    #expect(refused.status != 0)
    #expect(refused.errors.contains("would not deploy") && refused.errors.contains("W012"), "\(refused.errors)")
    try pushing.scratch.write(good.replacing("title: Purchase", with: "title: Purchases"), to: path)
    try await pushing.writ.git("commit", "--all", "--quiet", "--message", "Mended")
    let taken = try await pushing.writ.git("push", "origin", "HEAD")
    #expect(taken.status == 0, "\(taken.errors)")
  }

  @Test("history that was pushed is not rewritten")
  func rewrites() async throws {
    let pushing = try await Pushing()
    try await pushing.writ.git("commit", "--amend", "--quiet", "--message", "Another beginning")
    let refused = try await pushing.writ.git("push", "--force", "origin", "HEAD")
    #expect(refused.status != 0)
    #expect(refused.errors.contains("is not to be rewritten"), "\(refused.errors)")
  }

  @Test("a decision that nobody known made is refused at the push")
  func decisions() async throws {
    let pushing = try await Pushing()
    for arguments in [["deploy"], ["start", "purchase", "-i", "item=Lamp", "-i", "amount=40"], ["serve", "--once"]] {
      let outcome = try await pushing.writ.run(Program.path, arguments + ["-C", pushing.bare])
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    try await pushing.writ.git("fetch", "--quiet", "origin")
    try await pushing.writ.git("switch", "--quiet", "writ/inbox")
    let file = try #require(try await pushing.writ.git("ls-files", "*/*.yaml").output.split(separator: "\n").first)
    let text = try pushing.scratch.read(String(file))
    try pushing.scratch.write(text.replacing("decision:\n", with: "decision: approve\n"), to: String(file))
    try await pushing.writ.git("config", "user.email", "eve@example.com")
    try await pushing.writ.git("commit", "--all", "--quiet", "--message", "Decide")
    let refused = try await pushing.writ.git("push", "origin", "HEAD")
    #expect(refused.status != 0)
    #expect(refused.errors.contains("knows nobody with that address"), "\(refused.errors)")
    try await pushing.writ.git("config", "user.email", "ada@example.com")
    try await pushing.writ.git("commit", "--amend", "--reset-author", "--quiet", "--no-edit")
    let taken = try await pushing.writ.git("push", "origin", "HEAD")
    #expect(taken.status == 0, "\(taken.errors)")
  }
}
