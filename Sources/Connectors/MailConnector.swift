import CEL
import CLibCurl
import Dispatch
import Foundation
import WorkflowEngine
import WorkflowRunner

/// Hands letters to a mail server by SMTP. Failures: `smtp.<reply>` as the server said, `login`, `tls`, `network`, `timeout`,
/// `config`.
struct MailConnector: Sendable {
  /// A file of certificates; `nil`: those of the system.
  let authorities: String?

  /// Once in a process, before any use.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
  /// libcurl waits for the network on a thread, and Swift's own pool has none to spare.
  private static let queue = DispatchQueue(label: "writ.mail", attributes: .concurrent)

  func send(
    _ letter: Letter, by server: Settings.Channel.MailServer, password: String?, at now: Timestamp
  ) async -> Performed {
    let recipients = letter.people.compactMap(\.emails.first)
    guard !recipients.isEmpty else { return .done(.null) }
    guard Self.isReady else { return .failed(code: "config", message: "libcurl does not start") }
    let text = MailText(letter: letter, from: server.from, date: now).text
    return await withCheckedContinuation { done in
      Self.queue.async {
        done.resume(returning: transfer(text, to: recipients, by: server, password: password))
      }
    }
  }

  private func transfer(
    _ text: String, to recipients: [String], by server: Settings.Channel.MailServer, password: String?
  ) -> Performed {
    guard let curl = curl_easy_init() else { return .failed(code: "config", message: "libcurl does not start") }
    defer { curl_easy_cleanup(curl) }
    var list: UnsafeMutablePointer<curl_slist>?
    for recipient in recipients { list = curl_slist_append(list, "<\(recipient)>") }
    defer { curl_slist_free_all(list) }
    configure(curl, server, password)
    _ = curl_set_pointer(curl, CURLOPT_MAIL_RCPT, list)
    var bytes = Array(text.utf8)
    var said = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
    return bytes.withUnsafeMutableBytes { bytes in
      said.withUnsafeMutableBufferPointer { said in
        guard let file = fmemopen(bytes.baseAddress, bytes.count, "r") else {
          return .failed(code: "config", message: "no memory for the message")
        }
        defer { fclose(file) }
        _ = curl_set_pointer(curl, CURLOPT_READDATA, UnsafeMutableRawPointer(file))
        _ = curl_set_pointer(curl, CURLOPT_ERRORBUFFER, said.baseAddress)
        let code = curl_easy_perform(curl)
        return outcome(code, curl, said.baseAddress.map { String(cString: $0) } ?? "")
      }
    }
  }

  private func configure(_ curl: UnsafeMutableRawPointer, _ server: Settings.Channel.MailServer, _ password: String?) {
    _ = curl_set_text(curl, CURLOPT_URL, server.url)
    _ = curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    _ = curl_set_number(curl, CURLOPT_UPLOAD, 1)
    _ = curl_set_number(curl, CURLOPT_NOSIGNAL, 1)
    _ = curl_set_number(curl, CURLOPT_CONNECTTIMEOUT, 10)
    _ = curl_set_number(curl, CURLOPT_TIMEOUT, 30)
    _ = curl_set_text(curl, CURLOPT_PROXY, "")
    _ = curl_set_text(curl, CURLOPT_MAIL_FROM, "<\(server.from.address)>")
    _ = curl_set_number(
      curl, CURLOPT_USE_SSL, Int(server.isSecured ? CURLUSESSL_ALL.rawValue : CURLUSESSL_NONE.rawValue))
    if let authorities { _ = curl_set_text(curl, CURLOPT_CAINFO, authorities) }
    if let user = server.user, let password {
      _ = curl_set_text(curl, CURLOPT_USERNAME, user)
      _ = curl_set_text(curl, CURLOPT_PASSWORD, password)
    }
  }

  private func outcome(_ code: CURLcode, _ curl: UnsafeMutableRawPointer, _ said: String) -> Performed {
    let message = said.isEmpty ? String(cString: curl_easy_strerror(code)) : said
    switch code {
    case CURLE_OK: return .done(.null)
    case CURLE_LOGIN_DENIED: return .failed(code: "login", message: message)
    case CURLE_OPERATION_TIMEDOUT: return .failed(code: "timeout", message: message)
    case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
      return .failed(code: "tls", message: message)
    default:
      var reply = 0
      _ = curl_get_number(curl, CURLINFO_RESPONSE_CODE, &reply)
      return .failed(code: reply >= 400 ? "smtp.\(reply)" : "network", message: message)
    }
  }
}
