import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("The file CODEOWNERS")
struct CodeOwnersTests {
  private func read(_ text: String) -> (owners: CodeOwners, findings: [Finding]) {
    CodeOwnersReader.read(Array(text.utf8), file: "CODEOWNERS")
  }

  @Test("comments, spaces in paths, lines without owners, and the last line that matches")
  func plain() {
    let owners = read(
      """
      # who answers for what
      *            @acme/platform   # everything else
      /docs/a\\ b/  @maya tomas@example.com
      /docs/free/
      """
    ).owners
    #expect(owners.owners(of: "x.yaml") == [["@acme/platform"]])
    #expect(owners.owners(of: "docs/a b/c.md") == [["@maya", "tomas@example.com"]])
    #expect(owners.owners(of: "docs/free/c.md") == [])
  }

  @Test("sections stand beside each other, share a name's lines, and lend their owners; optional ones ask nobody")
  func sections() {
    let (owners, findings) = read(
      """
      * @root
      [Finance][2] @acme/finance
      /pay/
      /pay/tax/ @acme/tax
      ^[Docs]
      *.md @writers
      [FINANCE]
      /pay/old/ @archive
      """)
    #expect(findings.isEmpty)
    #expect(owners.owners(of: "pay/a.md") == [["@root"], ["@acme/finance"]])
    #expect(owners.owners(of: "pay/tax/a") == [["@root"], ["@acme/tax"]])
    #expect(owners.owners(of: "pay/old/a") == [["@root"], ["@archive"]])
  }

  @Test("what cannot be an owner, or is not read, is said with its line")
  func odd() {
    let findings = read("*.c maya\n!*.h @maya\n* @@developer\n[open @maya\n").findings
    #expect(findings.map(\.place.start?.line) == [1, 2, 3, 4])
    #expect(findings[0].message == "'maya' is no owner: write an e-mail address, @login or @organisation/team")
  }
}
