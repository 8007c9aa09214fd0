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

  /// Ada's clone on the inbox branch, with a request open in the record beside the bare repository.
  private func asked(_ arguments: [String] = []) async throws -> (Pushing, file: String) {
    let pushing = try await Pushing()
    for arguments in [["deploy"], ["start", "purchase", "-i", "item=Lamp", "-i", "amount=40"], ["serve", "--once"]] {
      let outcome = try await pushing.writ.run(Program.path, arguments + ["-C", pushing.bare])
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    try await pushing.writ.git("fetch", "--quiet", "origin")
    try await pushing.writ.git("switch", "--quiet", "writ/inbox")
    let file = try #require(try await pushing.writ.git("ls-files", "*/*.yaml").output.split(separator: "\n").first)
    return (pushing, String(file))
  }

  private func decide(_ pushing: Pushing, _ file: String, _ change: (String) -> String = { $0 }) async throws
    -> (status: Int32, errors: String)
  {
    let text = try pushing.scratch.read(file).replacing("decision:\n", with: "decision: approve\n")
    try pushing.scratch.write(change(text), to: file)
    try await pushing.writ.git("commit", "--all", "--quiet", "--message", "Decide")
    let push = try await pushing.writ.git("push", "origin", "HEAD")
    return (push.status, push.errors)
  }

  @Test("a decision on what has ended or closed meanwhile is refused at the push, with the reason")
  func closed() async throws {
    let (pushing, file) = try await asked()
    try await pushing.writ.run(Program.path, ["approve", "1", "-C", pushing.bare])
    let late = try await decide(pushing, file)
    #expect(late.status != 0)
    #expect(late.errors.contains("no approval waits") || late.errors.contains("no longer open"), "\(late.errors)")
    try await pushing.writ.run(Program.path, ["complete", "1", "-C", pushing.bare])
    let ended = try await pushing.writ.git("push", "origin", "HEAD")
    #expect(ended.errors.contains("purchase-1 has ended"), "\(ended.errors)")
  }

  @Test("a decision of somebody who is not asked is refused at the push, with those who are")
  func notAsked() async throws {
    let (pushing, file) = try await asked()
    try await pushing.writ.git("switch", "--quiet", "main")
    let people = try pushing.scratch.read("people.yaml")
    let zoe = "people:\n  zoe: {name: Zoe, email: zoe@example.com, roles: [employee]}\n"
    try pushing.scratch.write(people.replacing("people:\n", with: zoe), to: "people.yaml")
    try await pushing.writ.git("commit", "--all", "--quiet", "--message", "Zoe")
    try await pushing.writ.git("push", "--quiet", "origin", "HEAD")
    try await pushing.writ.git("switch", "--quiet", "writ/inbox")
    try await pushing.writ.git("config", "user.email", "zoe@example.com")
    let refused = try await decide(pushing, file)
    #expect(refused.status != 0)
    #expect(refused.errors.contains("zoe is not asked at level"), "\(refused.errors)")
    #expect(refused.errors.contains("asked are: ada"), "\(refused.errors)")
  }

  @Test("a decision on other facts, or carried over from another record, is refused at the push")
  func stale() async throws {
    let (pushing, file) = try await asked()
    let refused = try await decide(pushing, file) { text in
      text.replacing(/nonce: "?\w{4}/) { "\($0.0.dropLast(4))0000" }
    }
    #expect(refused.status != 0)
    #expect(refused.errors.contains("earlier request"), "\(refused.errors)")
  }

  @Test("a decision in a file whose facts somebody changed is refused at the push")
  func falsified() async throws {
    let (pushing, file) = try await asked()
    let refused = try await decide(pushing, file) { $0.replacing("Lamp", with: "Yacht") }
    #expect(refused.status != 0)
    #expect(refused.errors.contains("what the file shows is not what is asked"), "\(refused.errors)")
  }
}
