import CEL
import Foundation
import WorkflowEngine
import WorkflowReports

/// A letter as RFC 5322 writes it, every line ended by CR LF: the same words as plain text and as HTML, in UTF-8.
struct MailText {
  let letter: Letter
  let from: MailAddress
  /// When the attempt is made.
  let date: Timestamp

  var text: String {
    let domain = from.address.split(separator: "@").last ?? "localhost"
    // No words can be the line that parts them: both are written in base64.
    let boundary = "=_writ_\(letter.id.utf8.count)"
    let headers: [(String, String?)] = [
      ("From", Self.mailbox(from)),
      ("To", letter.people.compactMap(Self.mailbox).joined(separator: ",\r\n ")),
      ("Subject", Self.words(letter.subject)),
      ("Date", Self.date(date)),
      // The same for every attempt, so that a mail that comes twice is known as one.
      ("Message-ID", "<\(letter.id)@\(domain)>"),
      // What is about one instance is shown as one conversation.
      ("References", letter.instance.map { "<\($0)@\(domain)>" }),
      ("Auto-Submitted", "auto-generated"), ("MIME-Version", "1.0"),
      ("Content-Language", letter.language),
      ("Content-Type", "multipart/alternative; boundary=\"\(boundary)\""),
    ]
    let page = LetterPage(subject: letter.subject, body: letter.body, language: letter.language).document
    // The last one is the one that readers prefer.
    let parts = [
      Self.part("text/plain", Data("\(letter.body)\n".utf8)), Self.part("text/html", Data(page.bytes)),
    ]
    return headers.map { name, value in value.map { "\(name): \($0)\r\n" } ?? "" }.joined()
      + parts.map { "\r\n--\(boundary)\r\n\($0)" }.joined()
      + "\r\n--\(boundary)--\r\n"
  }

  private static func part(_ type: String, _ bytes: Data) -> String {
    let text = bytes.base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ])
    return "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\(text)\r\n"
  }

  private static func mailbox(_ person: Person) -> String? {
    person.emails.first.map { mailbox(MailAddress(name: person.name, $0)) }
  }

  private static func mailbox(_ address: MailAddress) -> String {
    address.name.map { "\(words($0, isPhrase: true)) <\(address.address)>" } ?? "<\(address.address)>"
  }

  /// As it is where that is safe, else in encoded words of RFC 2047, each of whole characters.
  private static func words(_ text: String, isPhrase: Bool = false) -> String {
    let isPlain =
      text.utf8.count <= 60 && !text.contains("=?")
      && text.utf8.allSatisfy { byte in
        isPhrase
          ? byte == 0x20 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          : (0x20...0x7E).contains(byte)
      }
    if isPlain { return text }
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      // 75 characters a word, of which the wrapping takes 12 and base64 a third.
      if word.utf8.count + String(scalar).utf8.count > 45 { (words, word) = (words + [word], "") }
      word.unicodeScalars.append(scalar)
    }
    return (words + [word]).map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  /// `Mon, 23 Nov 2026 09:00:00 +0000`
  private static func date(_ instant: Timestamp) -> String {
    let (date, second) = (instant.date, instant.secondOfDay)
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let time = [second / 3_600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
    return "\(days[date.weekday]), \(two(date.day)) \(months[date.month - 1]) \(date.year) \(time) +0000"
  }
}
