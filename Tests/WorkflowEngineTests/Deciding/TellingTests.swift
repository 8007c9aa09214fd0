import CEL
import Testing
import WorkflowEngine

/// Who is told when, and by which channel.
@Suite("Telling people")
struct TellingTests {
  private func bench(notify: String? = "mail", _ change: (inout People) -> Void = { _ in }) -> Bench {
    var bench = Bench([
      .approval(ApprovalStep.Level(name: "ok", approvers: [.role("manager")])), .end("yes"), .end("no"),
    ])
    bench.notify = notify
    change(&bench.people)
    return bench
  }

  private func told(_ events: [Event]) -> [Delivery] {
    events.compactMap { if case .notified(let delivery) = $0 { delivery } else { nil } }
  }

  @Test("those who are asked are told, in one message by the channel of writ.yaml, with a link")
  func asked() throws {
    var bench = bench()
    let told = told(try bench.start())
    #expect(told.map(\.to) == [["bob", "carl"]])
    #expect(told.first?.channel == "mail")
    #expect(told.first?.notBefore == nil)
    #expect(told.first?.body.hasSuffix("\nhttps://writ.example/instances/sample-1") == true)
  }

  @Test("without a channel nobody is told of a turn")
  func silence() throws {
    var bench = bench(notify: nil)
    #expect(told(try bench.start()).isEmpty)
  }

  @Test("a person's own channel goes before that of writ.yaml; every channel has a delivery and an id of its own")
  func ownChannel() throws {
    var bench = bench { $0.people["carl"]?.notify.channel = "chat" }
    let told = told(try bench.start())
    #expect(told.map(\.channel) == ["mail", "chat"])
    #expect(told.map(\.to) == [["bob"], ["carl"]])
    #expect(Set(told.map(\.id)).count == 2)
  }

  @Test("in quiet hours nothing is sent before their end, over midnight too")
  func quiet() throws {
    let hours = WorkingCalendar.Hours(from: 20 * 3_600, to: 7 * 3_600)
    for (now, until) in [
      ("2026-11-23T19:59:59Z", nil), ("2026-11-23T20:00:00Z", "2026-11-24T07:00:00Z"),
      ("2026-11-24T06:59:59Z", "2026-11-24T07:00:00Z"), ("2026-11-24T07:00:00Z", nil),
    ] {
      var bench = bench { $0.people["bob"]?.notify.quiet = hours }
      bench.now = try #require(Timestamp(rfc3339: now))
      let bob = told(try bench.start()).first { $0.to.contains("bob") }
      #expect(bob?.notBefore == until.flatMap { Timestamp(rfc3339: $0) }, "\(now)")
    }
  }

  @Test("a digest comes at its hour; what is said in between waits for it")
  func digest() throws {
    var bench = bench { $0.people["bob"]?.notify.digest = 8 * 3_600 }
    let bob = told(try bench.start()).first { $0.to == ["bob"] }
    #expect(bob?.notBefore == Timestamp(rfc3339: "2026-11-24T08:00:00Z"))
  }

  @Test("a message that names its channel goes there at once, whatever people prefer")
  func namedChannel() throws {
    var notification = NotificationStep(
      to: [.role("manager")], subject: Template(text: "Hello"), body: Template(text: "There"))
    notification.channel = "team"
    var bench = Bench([
      Step(id: "tell", kind: .notification(notification), then: ["done": "done"]), .end(),
    ])
    bench.people.people["bob"]?.notify = Person.Notify(channel: "chat", digest: 0)
    let told = told(try bench.start())
    #expect(told.map(\.to) == [["bob", "carl"]])
    #expect(told.first?.channel == "team")
    #expect(told.first?.notBefore == nil)
  }

  @Test("whoever covers an absence is told as well, and a delegate when the seat is lent")
  func standIns() throws {
    var bench = bench {
      let day = CivilDate(iso: "2026-11-23")!
      $0.people["bob"]?.absences = [Person.Absence(from: day, to: day)]
    }
    #expect(told(try bench.start()).map(\.to) == [["bob", "carl", "dora"]])
    let lent = told(try bench.take(.delegate(step: nil, to: "dora", seat: nil), by: "bob"))
    #expect(lent.map(\.to) == [["dora"]])
  }

  @Test("reminders go the way in which people want to be told")
  func reminders() throws {
    var level = ApprovalStep.Level(name: "ok", approvers: [.role("manager")])
    level.escalate = [Escalation(after: .elapsed(.seconds(3_600)), action: .remind)]
    var bench = Bench([.approval(level), .end("yes"), .end("no")])
    bench.notify = "mail"
    try bench.start()
    let reminder = told(try bench.later(.seconds(3_600))).first
    #expect(reminder?.channel == "mail")
    #expect(reminder?.subject == "Still waiting: Ok")
  }

  private func text(_ subject: Template.Part..., sentences: [String]) throws -> MessageText {
    MessageText(
      subject: Template(parts: subject),
      sentences: try sentences.map { Template(parts: [.text("- "), .formula(try Formula($0))]) })
  }

  @Test("each is told in their language, whoever has none of those that are there in that of writ.yaml")
  func languages() throws {
    var bench = bench {
      $0.people["bob"]?.language = "de"
      $0.people["carl"]?.language = "fr"
      $0.people["anna"]?.name = "Anna Ames"
    }
    let told = told(try bench.start())
    #expect(told.map(\.to) == [["bob"], ["carl"]])
    #expect(told.map(\.subject) == ["Sie sind an der Reihe: Ok", "Your turn: Ok"])
    #expect(told.map(\.language) == ["de", nil])
    #expect(told[0].body.contains("\nBegonnen von Anna Ames.\n"))
  }

  @Test("a workflow's own words go before Writ's; a sentence that names what is not there is left out")
  func ownWords() throws {
    var bench = bench { $0.people["bob"]?.language = "de" }
    bench.messages["de"] = [
      .occasion(.turn): try text(
        .text("Bitte: "), .formula(try Formula("message.step")),
        sentences: ["message.initiator", "message.due", "vars.none"])
    ]
    let told = told(try bench.start())
    #expect(told[0].subject == "Bitte: Ok")
    #expect(told[0].body == "- anna\nhttps://writ.example/instances/sample-1")
    #expect(told[1].subject == "Your turn: Ok")
  }

  @Test("words whose subject cannot be said give way to Writ's own: nobody waits for a text to be mended")
  func brokenWords() throws {
    var bench = bench()
    bench.messages["en"] = [
      .occasion(.turn): try text(.formula(try Formula("vars.none")), sentences: ["message.step"])
    ]
    #expect(told(try bench.start()).map(\.subject) == ["Your turn: Ok"])
  }

  @Test("a notification step is said in each language of a mail, and once to a chat")
  func notification() throws {
    for (channel, subjects) in [("mail", ["Hallo", "Hello"]), ("team", ["Hello"])] {
      var notification = NotificationStep(
        to: [.role("manager")], subject: Template(text: "Hello"), body: Template(text: "There"))
      notification.channel = channel
      var bench = Bench([Step(id: "tell", kind: .notification(notification), then: ["done": "done"]), .end()])
      bench.channels["mail"] = .mail(Settings.Channel.MailServer(url: "smtp://localhost", from: MailAddress("w@x")))
      bench.messages["de"] = [.step("tell"): try text(.text("Hallo"), sentences: ["instance.id"])]
      bench.people.people["bob"]?.language = "de"
      let told = told(try bench.start())
      #expect(told.map(\.subject) == subjects)
      #expect(told.last?.body == "There")
    }
  }
}
