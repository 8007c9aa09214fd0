import Foundation
import Testing

/// Verbs that need no record.
@Suite struct LocalVerbTests {
  @Test("a command line that is not understood ends with 2 and says so on stderr")
  func usage() async throws {
    let writ = try Scratch()
    let outcome = try await writ.writ("bogus")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("error: "))
    #expect(try await writ.writ("approve", "1", "--idempotency-key", "a b").status == 2)
  }

  @Test("help goes to stdout and ends with 0")
  func help() async throws {
    let outcome = try await Scratch().writ("--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("approve"))
  }

  @Test("check --fix mends slips in the files and says so; a commit it does not touch; data formats carry the fix")
  func fix() async throws {
    let scratch = try Scratch()
    try await scratch.writ("init")
    let path = "workflows/team/purchase.yaml"
    let sound = try scratch.read(path)
    try scratch.write(sound.replacing("title:", with: "titel:", maxReplacements: 1), to: path)
    let told = try await scratch.writ("check", "--format", "sarif")
    #expect(told.status == 1)
    #expect(told.output.filter { !$0.isWhitespace }.contains(#""insertedContent":{"text":"title"}"#), "\(told.output)")
    #expect(try await scratch.writ("check", "--format", "json").output.contains("\"fix\": \"title\""))
    #expect(try await scratch.writ("check", "--fix", "--commit", "HEAD").status == 2)
    let mended = try await scratch.writ("check", "--fix")
    #expect(mended.status == 0, "\(mended.output)")
    #expect(mended.errors.contains("mended \(path):3: titel is now title (W002)"))
    #expect(try scratch.read(path) == sound)
  }

  @Test("check reports on the files below a folder, and says where a path leads nowhere")
  func checkFolder() async throws {
    let scratch = try Scratch()
    try await scratch.writ("init")
    try scratch.write("writ: 1\n", to: "workflows/broken.yaml")
    #expect(try await scratch.writ("check", "workflows/team").status == 0)
    #expect(try await scratch.writ("check", "workflows/", "--format", "compact").output.contains("broken.yaml"))
    #expect(try await scratch.writ("check", "workflows/nowhere").status == 5)
  }

  @Test("init makes a repository that holds, says the next two commands, and overwrites nothing")
  func initialise() async throws {
    let scratch = try Scratch()
    let outcome = try await scratch.writ("init")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("git add --all && git commit"))
    #expect(outcome.errors.contains("writ serve"))
    #expect(try scratch.read("people.yaml").contains("ada@example.com"))
    let check = try await scratch.writ("check")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    try scratch.write("mine", to: "people.yaml")
    #expect(try await scratch.writ("init").output.contains("kept people.yaml"))
    let workflow = try scratch.read("workflows/team/purchase.yaml")
    #expect(workflow.hasPrefix("# yaml-language-server: $schema=../../.schemas/workflow.schema.json\nwrit: 1\n"))
    #expect(try scratch.read(".schemas/workflow.schema.json").contains("draft-07"))
    #expect(try scratch.read("people.yaml") == "mine")
  }

  @Test("check shows a finding with its place and ends with 1; a commit is checked as committed")
  func check() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let path = "workflows/team/purchase.yaml"
    try scratch.write(try scratch.read(path).replacing("then: buy}", with: "then: buyy}"), to: path)
    let outcome = try await scratch.writ("check", "--format", "compact")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\(path):23:"))
    #expect(outcome.output.contains("W012"))
    #expect(try await scratch.writ("check", "--commit", "HEAD").status == 0)
    #expect(try await scratch.writ("check", "people.yaml").status == 0)
    #expect(try await scratch.writ("check", "nothing.yaml").status == 5)
  }

  @Test("check says which workflows change their meaning since a commit")
  func base() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let path = "workflows/team/purchase.yaml"
    let text = try scratch.read(path)
    try scratch.write(text + "# a remark\n", to: path)
    #expect(try await scratch.writ("check", "--base", "HEAD").output.contains("no workflow changes its meaning"))
    try scratch.write(text.replacing("'25'", with: "'50'"), to: path)
    let changed = try await scratch.writ("check", "--base", "HEAD")
    #expect(changed.output.contains("team/purchase changes its meaning\n  steps    changed"), "\(changed.output)")
    #expect(changed.output.contains("no record is here"))
  }

  @Test("explain tells about a code, and suggests for one that there is not")
  func explain() async throws {
    let writ = try Scratch().writ
    #expect(try await writ("explain", "w012").output.contains("names a step that the file does not have"))
    #expect(try await writ("explain", "W9999").status == 5)
  }

  @Test("eval prints the value; a mistake is shown under the expression")
  func eval() async throws {
    let scratch = try Scratch()
    try scratch.write(#"{"amount": 1200, "tags": ["a"]}"#, to: "input.json")
    let right = try await scratch.writ("eval", "input.amount > 1000 && 'a' in input.tags", "--input", "input.json")
    #expect(right.output == "true\n")
    let wrong = try await scratch.writ("eval", "inptu.amount", "--input", "input.json")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("did you mean 'input'?"))
    #expect(wrong.errors.contains("\n  ^^^^^"))
    #expect(try await scratch.writ("eval", "1", "--input", "none.json").status == 5)
  }

  @Test("render writes a page, a picture and a Mermaid text for each workflow")
  func render() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let outcome = try await scratch.writ("render", "--out", "out")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try scratch.read("out/team/purchase.svg").hasPrefix("<svg"))
    #expect(try scratch.read("out/team/purchase.html").contains("../assets/writ.css"))
    #expect(try scratch.read("out/team/purchase.mmd").hasPrefix("flowchart TD"))
  }

  @Test("outside a repository the remedy is named")
  func nowhere() async throws {
    let outcome = try await Scratch().writ("ls")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains("hint: begin one here with: writ init"))
  }

  @Test("scenarios are played by test and by check, and what no scenario reaches is drawn")
  func scenarios() async throws {
    let scratch = try Scratch()
    try await scratch.writ("init", "--example", "vacation")
    let good = try await scratch.writ("test", "--coverage-out", "covered")
    #expect(good.status == 0 && good.output.contains("all as told"), "\(good.output)\(good.errors)")
    #expect(try scratch.read("covered/hr/vacation.svg").contains("<svg"))
    let path = "workflows/hr/vacation.test.yaml"
    try scratch.write(try scratch.read(path).replacing("outcome: dropped", with: "outcome: approved"), to: path)
    let bad = try await scratch.writ("test", "workflows/hr")
    #expect(bad.status == 1 && bad.output.contains("error[W091]: the outcome is 'dropped'"), "\(bad.output)")
    #expect(try await scratch.writ("check").output.contains("error[W091]"))
    #expect(try await scratch.writ("test", "nowhere").status == 5)
  }
}
