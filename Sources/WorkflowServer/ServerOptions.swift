package import WorkflowEngine

/// How the server is reached and who is at the keyboard.
package struct ServerOptions: Sendable {
  /// A loopback address: the pages act for the person at the keyboard.
  package var host: String
  /// 0: one that the system chooses.
  package var port: Int
  /// What the command line shows beside the person it acts for; kept in a file that only its owner reads.
  package var token: String
  /// The person of git's `user.email`, for whom the browser acts; `nil`: `people.yaml` does not know them.
  package var person: PersonID?

  package init(host: String = "127.0.0.1", port: Int = 8080, token: String, person: PersonID?) {
    self.host = host
    self.port = port
    self.token = token
    self.person = person
  }
}
