import Foundation
import Testing

@Suite("Deciding with one's own key")
struct SigningTests {
  /// Ada's repository, whose approval wants her signature, with her key in people.yaml.
  private static func office() async throws -> (Scratch, key: String) {
    let scratch = try await Scratch.begun(deployed: false)
    let key = scratch.root.appending(path: "id_ada").path
    _ = try await scratch.writ.run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key])
    let line = try String(contentsOfFile: key + ".pub", encoding: .utf8).trimmingCharacters(in: .newlines)
    let people = try scratch.read("people.yaml")
    try scratch.write(
      people.replacing("    roles: [employee, lead]\n", with: "    roles: [employee, lead]\n    keys: [\(line)]\n"),
      to: "people.yaml")
    let workflow = "workflows/team/purchase.yaml"
    try scratch.write(
      try scratch.read(workflow).replacing(
        "        approvers: [role:lead]\n", with: "        approvers: [role:lead]\n        assurance: key\n"
      ).replacing("    approvers: [role:lead]\n", with: "    approvers: [role:lead]\n    assurance: key\n"),
      to: workflow)
    try await scratch.writ.git("commit", "--all", "--quiet", "--message", "Keys")
    let deploy = try await scratch.writ("deploy")
    #expect(deploy.status == 0, "\(deploy.output)")
    return (scratch, key)
  }

  @Test("writ approve --key signs, an unsigned decision is refused with the way to sign, and the record holds")
  func approves() async throws {
    let (scratch, key) = try await Self.office()
    let writ = scratch.writ
    try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=40")
    let unsigned = try await writ("approve", "1")
    #expect(unsigned.status == 4)
    #expect(unsigned.errors.contains("writ approve --sign"))
    let signed = try await writ("approve", "1", "--key", key)
    #expect(signed.status == 0, "\(signed.errors)")
    let verify = try await writ("verify")
    #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
    #expect(verify.output.contains("the record holds"))
  }

  @Test("--sign takes git's own signing key; without one it says how to name it")
  func gitsKey() async throws {
    let (scratch, key) = try await Self.office()
    try await scratch.writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=40")
    let without = try await scratch.writ("approve", "1", "--sign")
    #expect(without.status == 4)
    #expect(without.errors.contains("user.signingkey"))
    try await scratch.writ.git("config", "user.signingkey", key + ".pub")
    #expect(try await scratch.writ("approve", "1", "--sign").status == 0)
  }
}
