import CEL
import Foundation
import Testing
import WorkflowReports

@testable import Connectors
@testable import WorkflowEngine

/// What is sent, to the byte; that servers take it is tried in Tests/Mail.
@Suite("Mail and signed documents")
struct MailTests {
  private static let letter: Letter = {
    var delivery = Delivery(
      id: "expense-42.tell.1", step: "tell", to: ["anna"], channel: "mail", subject: "Genehmigt: Zürich",
      body: "12,50 €")
    delivery.attempts = 3
    let at = Timestamp.epoch
    let instance = Instance(
      id: InstanceID(name: "expense", number: 42), workflow: "finance/expense", version: 1, definition: "",
      title: "Expense", startedAt: at, initiator: "anna", input: [:], vars: [:], tokens: [], lastEventAt: at,
      lastToken: 0)
    var settings = Settings()
    settings.url = "https://writ.example"
    let people = [
      Person(id: "anna", name: "Anna Ames", emails: ["anna@example.com", "a@example.com"]),
      Person(id: "tomas", name: "Tomás Ferreira", emails: ["tomas@example.com"]),
    ]
    return Letter(delivery, to: people, about: instance.id, settings: settings)
  }()

  @Test("a mail is the same at every attempt but for its date, and is known by the id of what is owed")
  func bytes() throws {
    let date = try #require(Timestamp(rfc3339: "2026-11-23T09:05:07Z"))
    let mail = MailText(letter: Self.letter, from: MailAddress(name: "Writ", "writ@example.com"), date: date)
    #expect(
      mail.text.split(separator: "\r\n", omittingEmptySubsequences: false).prefix(22) == [
        "From: Writ <writ@example.com>", "To: Anna Ames <anna@example.com>,",
        " =?utf-8?B?VG9tw6FzIEZlcnJlaXJh?= <tomas@example.com>",
        "Subject: =?utf-8?B?R2VuZWhtaWd0OiBaw7xyaWNo?=", "Date: Mon, 23 Nov 2026 09:05:07 +0000",
        "Message-ID: <expense-42.tell.1@example.com>", "References: <expense-42@example.com>",
        "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Language: en",
        "Content-Type: multipart/alternative; boundary=\"=_writ_17\"", "",
        "--=_writ_17", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        "MTIsNTAg4oKsCg==", "",
        "--=_writ_17", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: base64", "",
      ])
    #expect(mail.text.hasSuffix("\r\n\r\n--=_writ_17--\r\n"))
  }

  @Test(
    "the page of a mail says each sentence by itself; no word of a workflow is markup in it, no other address a link")
  func page() {
    let page = LetterPage(
      subject: "1 < 2", body: "<b>Fällig</b>: heute.\nhttps://writ.example/instances/expense-42\njavascript:alert(1)",
      language: "de")
    let html = String(decoding: page.document.bytes, as: UTF8.self)
    #expect(html.contains("<html lang=\"de\">"))
    #expect(
      html.contains("<h1>1 &lt; 2</h1><p>&lt;b&gt;Fällig&lt;/b&gt;: heute.</p><p><a href=\"https://writ.example/"))
    #expect(html.contains("<p>javascript:alert(1)</p>"))
    #expect(html.contains("prefers-color-scheme:dark"))
  }

  @Test("no text of a workflow makes a header of its own")
  func injection() {
    var letter = Self.letter
    letter.subject = "Paid\r\nBcc: eve@example.com"
    letter.people[0].name = "Anna\nBcc: eve@example.com"
    let mail = MailText(letter: letter, from: MailAddress("writ@example.com"), date: .epoch)
    #expect(!mail.text.contains("Bcc"))
  }

  @Test("a long subject is folded between characters")
  func folding() {
    var letter = Self.letter
    letter.subject = String(repeating: "€", count: 100)
    let mail = MailText(letter: letter, from: MailAddress("writ@example.com"), date: .epoch)
    let lines = mail.text.split(separator: "\r\n").drop { !$0.hasPrefix("Subject") }.prefix {
      $0.contains("=?utf-8?B?")
    }
    #expect(mail.text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 90 })
    let words = lines.compactMap { line in
      line.firstRange(of: "=?utf-8?B?").flatMap { Data(base64Encoded: String(line[$0.upperBound...].dropLast(2))) }
    }
    #expect(words.allSatisfy { String(data: $0, encoding: .utf8) != nil })
    #expect(words.map { String(decoding: $0, as: UTF8.self) }.joined() == letter.subject)
  }

  @Test("a document is signed as Standard Webhooks wants it")
  func signature() throws {
    let key = try WebhookKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", named: "KEY")
    let headers = key.headers(
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330, body: #"{"test": 2432232314}"#)
    #expect(headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek")
    #expect(headers["webhook-timestamp"] == "1614265330")
    #expect(headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    #expect(throws: AttemptFailure.self) { try WebhookKey("whsec_c2hvcnQ=", named: "KEY") }
    #expect(throws: AttemptFailure.self) { try WebhookKey("not base64 at all", named: "KEY") }
  }

  @Test("Slack and Teams are sent what they show")
  func chat() {
    var letter = Self.letter
    letter.subject = "1 < 2"
    #expect(letter.document(.slack) == ["text": "*1 &lt; 2*\n12,50 €"])
    let card = letter.document(.teams)["attachments"]?.listValue?.first?["content"]
    #expect(card?["body"]?.listValue?.compactMap { $0["text"]?.stringValue } == ["1 < 2", "12,50 €"])
    #expect(card?["actions"]?.listValue?.first?["url"] == "https://writ.example/instances/expense-42")
  }
}
