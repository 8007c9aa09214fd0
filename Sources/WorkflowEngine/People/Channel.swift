extension Settings {
  /// Where messages to people go.
  package enum Channel: Sendable, Hashable {
    /// The runner's own log.
    case log
    case webhook(Webhook)
    case mail(MailServer)

    /// An HTTP POST of a JSON document.
    package struct Webhook: Sendable, Hashable {
      package var address: Address
      package var format: Format
      /// Name of the secret that signs what is sent.
      package var key: String?

      package init(_ address: Address, format: Format = .writ, key: String? = nil) {
        self.address = address
        self.format = format
        self.key = key
      }

      /// Chat programs give addresses that are secrets themselves.
      package enum Address: Sendable, Hashable {
        case url(String)
        case secret(String)
      }

      /// What the document looks like.
      package enum Format: String, Sendable, Hashable, CaseIterable {
        case writ, slack, teams
      }
    }

    /// A server that takes mail by SMTP.
    package struct MailServer: Sendable, Hashable {
      /// `smtps://host[:port]`, TLS from the first byte, or `smtp://host[:port]`.
      package var url: String
      /// Whether `smtp://` is secured by STARTTLS, and refused where the server does not offer it.
      package var isSecured = true
      package var from: MailAddress
      package var user: String?
      /// Name of the secret that holds the password.
      package var password: String?

      package init(url: String, from: MailAddress) {
        self.url = url
        self.from = from
      }
    }
  }
}

/// `Writ <writ@example.com>`
package struct MailAddress: Sendable, Hashable {
  package var name: String?
  package var address: String

  package init(name: String? = nil, _ address: String) {
    self.name = name
    self.address = address
  }
}
