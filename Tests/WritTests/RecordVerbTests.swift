import Foundation
import Testing

/// Verbs that work on the record directly, because no server runs.
@Suite struct RecordVerbTests {
  @Test("from init to an ended instance, by verbs alone, and the record holds")
  func story() async throws {
    let writ = try await Scratch.begun().writ
    let start = try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=40")
    #expect(start.status == 0, "\(start.errors)")
    #expect(start.output.hasPrefix("purchase-1  waiting"))
    #expect(try await writ("inbox").output.contains("purchase-1"))
    #expect(try await writ("watch", "1", "--once").status == 6)
    let approve = try await writ("approve", "1", "--comment", "fine")
    #expect(approve.status == 0, "\(approve.errors)")
    #expect(try await writ("complete", "purchase-1").output.hasPrefix("purchase-1  bought"))
    #expect(try await writ("ls").output.isEmpty)
    #expect(try await writ("ls", "--all").output.contains("bought"))
    #expect(try await writ("log", "1").output.contains("approved"))
    let verify = try await writ("verify")
    #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
    #expect(verify.output.contains("the record holds"))
  }

  @Test("the evidence of an instance, in words, as JSON, and as a page that stands alone")
  func evidence() async throws {
    let writ = try await Scratch.begun().writ
    try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=40")
    #expect(try await writ("show", "1", "--evidence").errors.contains("nobody has decided anything"))
    try await writ("approve", "1", "--comment", "fine")
    let words = try await writ("show", "1", "--evidence")
    #expect(words.status == 0, "\(words.errors)")
    #expect(words.output.hasPrefix("approve  approved by ada"))
    for fact in ["fine", "session", "Lamp"] { #expect(words.output.contains(fact), "\(fact)") }
    #expect(try await writ("show", "1", "--evidence", "--json").output.contains(#""decision": "approve""#))
    let page = try await writ("show", "1", "--html")
    #expect(page.status == 0, "\(page.errors)")
    #expect(page.output.hasPrefix("<!doctype html>") && page.output.contains("@media print"))
    for part in ["Ada Lovelace (ada) approved", "Lamp", "attested by the server"] {
      #expect(page.output.contains(part), "\(part)")
    }
    for part in ["/assets/writ.css", "/assets/page.js", "<script"] { #expect(!page.output.contains(part), "\(part)") }
    #expect(try await writ("show", "1", "--html", "--json").status == 2)
    #expect(try await writ("show", "9", "--html").status == 5)
  }

  @Test("a question is shown to whoever it was put to, with what answers it, and then with its answer")
  func question() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let writ = scratch.writ
    let ben = "  ben: {name: Ben, email: ben@example.com, roles: [employee]}\n\ncalendars:"
    try scratch.write(scratch.read("people.yaml").replacing("\ncalendars:", with: ben), to: "people.yaml")
    try await writ.git("commit", "--all", "--quiet", "--message", "Ben")
    try await writ("deploy")
    try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=40")
    #expect(try await writ("ask", "1", "Which lamp?", "--of", "ben").status == 0)
    try await writ.git("config", "user.email", "ben@example.com")
    let asked = try await writ("show", "1")
    #expect(asked.output.contains("question  ada asked ben: Which lamp?"), "\(asked.output)\(asked.errors)")
    #expect(asked.errors.contains(#"your turn: writ answer 1 "...""#), "\(asked.errors)")
    #expect(try await writ("answer", "1", "The green one").status == 0)
    let answered = try await writ("show", "1")
    #expect(answered.output.contains("question  ada asked ben: Which lamp? ben: The green one"), "\(answered.output)")
    #expect(answered.errors.contains("its story"))
  }

  @Test("a refused form ends with 1, nothing there with 5, too late with 3")
  func exitCodes() async throws {
    let writ = try await Scratch.begun().writ
    let invalid = try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=plenty")
    #expect(invalid.status == 1)
    #expect(invalid.errors.contains("amount"))
    #expect(try await writ("start", "purchse").status == 5)
    #expect(try await writ("show", "99").status == 5)
    try await writ("start", "purchase", "-i", "item=Pen", "-i", "amount=4")
    try await writ("complete", "1")
    #expect(try await writ("approve", "1").status == 3)
    #expect(try await writ("reject", "1").status == 2)
  }

  @Test("somebody whom people.yaml does not know may do nothing, and is told why")
  func stranger() async throws {
    let writ = try await Scratch.begun().writ
    try await writ.git("config", "user.email", "eve@example.com")
    let outcome = try await writ("ls")
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("knows nobody with the address eve@example.com"))
  }

  @Test("the same key starts one instance")
  func idempotency() async throws {
    let writ = try await Scratch.begun().writ
    for _ in 0..<2 {
      try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=40", "--idempotency-key", "k")
    }
    let list = try await writ("ls", "--json").output
    #expect(list.contains(#""purchase-1""#))
    #expect(!list.contains(#""purchase-2""#))
    #expect(list.contains(#""format": 1"#))
  }

  @Test("a bad commit is not deployed and ends with 1; what was live stays live")
  func badDeploy() async throws {
    let scratch = try await Scratch.begun()
    let path = "workflows/team/purchase.yaml"
    try scratch.write(try scratch.read(path).replacing("then: buy}", with: "then: buyy}"), to: path)
    try await scratch.writ.git("commit", "--all", "--quiet", "--message", "A slip")
    let deploy = try await scratch.writ("deploy")
    #expect(deploy.status == 1)
    #expect(deploy.output.contains("error[W012]"))
    #expect(try await scratch.writ("start", "purchase", "-i", "item=Pen", "-i", "amount=4").status == 0)
    #expect(try await scratch.writ("ls", "--deployments").output.contains("refused"))
  }

  @Test("a bare repository, as servers have it, is checked, served and examined by what was pushed to it")
  func bare() async throws {
    let scratch = try await Scratch.begun(deployed: false)
    let bare = scratch.root.appending(path: "company.git").path
    try await scratch.writ.git("clone", "--quiet", "--bare", scratch.writ.folder, bare)
    for arguments in [["check"], ["deploy"], ["start", "purchase", "-i", "item=Lamp", "-i", "amount=4"], ["verify"]] {
      let outcome = try await scratch.writ.run(Program.path, arguments + ["-C", bare])
      #expect(outcome.status == 0, "\(arguments): \(outcome.output)\(outcome.errors)")
    }
    let doctor = try await scratch.writ("doctor", "-C", bare)
    #expect(doctor.status == 0, "\(doctor.output)")
    #expect(!doctor.output.contains("bad "), "\(doctor.output)")
  }

  @Test("audit lists the decisions of a record and of a clone of it, and filters them by person and amount")
  func audit() async throws {
    let scratch = try await Scratch.begun()
    let writ = scratch.writ
    for amount in ["40", "4000"] { try await writ("start", "purchase", "-i", "item=Lamp", "-i", "amount=\(amount)") }
    try await writ("approve", "1", "--comment", "fine, go on")
    try await writ("approve", "2")
    let table = try await writ("audit")
    #expect(table.status == 0, "\(table.errors)")
    #expect(table.output.contains("fine, go on"))
    let clone = scratch.root.appending(path: "copy.git").path
    try await writ.git("clone", "--quiet", "--bare", writ.folder + "/state", clone)
    let csv = try await writ("audit", "--state", clone, "--format", "csv", "--at-least", "amount=1000")
    let lines = csv.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 2, "\(csv.output)\(csv.errors)")
    #expect(lines.first?.hasPrefix("at,instance,title,workflow,version,definition,step") == true)
    #expect(lines.last?.contains("purchase-2") == true)
    #expect(try await writ("audit", "--json", "--person", "nobody").output.contains("\"decisions\": []"))
    #expect(try await writ("audit", "--from", "yesterday").status == 2)
  }

  @Test("doctor finds everything in order in a fresh repository, and names the remedy in a broken one")
  func doctor() async throws {
    let scratch = try await Scratch.begun()
    let good = try await scratch.writ("doctor")
    #expect(good.status == 0, "\(good.output)")
    try await scratch.writ.git("config", "user.email", "eve@example.com")
    let bad = try await scratch.writ("doctor")
    #expect(bad.status == 1)
    #expect(bad.output.contains("mend it:"))
  }

  @Test("verify finds an object of the record that was changed on disk")
  func damage() async throws {
    let scratch = try await Scratch.begun()
    let packs = scratch.writ.folder + "/state/.git/objects/pack"
    let pack = try #require(try FileManager.default.contentsOfDirectory(atPath: packs).first { $0.hasSuffix(".pack") })
    let file = URL(fileURLWithPath: packs).appending(path: pack)
    var data = try Data(contentsOf: file)
    data[data.count / 2] ^= 0x40
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    try data.write(to: file)
    #expect(try await scratch.writ("verify").status != 0)
  }
}
