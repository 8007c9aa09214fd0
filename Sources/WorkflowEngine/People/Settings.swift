package import CEL

/// `writ.yaml` at the deployed commit: what holds for the whole repository.
package struct Settings: Sendable, Hashable {
  package var title = "Workflows"
  package var deployBranch = "main"
  /// A remote whose deploy branch is fetched before looking.
  package var remote: String?
  /// A git repository that every batch of the record is pushed to: an address as git takes it.
  package var mirror: String?
  /// Public keys as OpenSSH writes them: every commit of the record is signed by one of them; none: commits are not signed.
  package var signedBy: [String] = []
  /// Whether open requests are shown on `writ/inbox` and decisions taken from it.
  package var usesInbox = true
  /// Non-secret settings, readable as `config.…`.
  package var config: ValueMap = [:]
  package var calendar: String?
  package var timezone = "UTC"
  /// Where people reach the pages; links in messages begin with it.
  package var url: String?
  /// Programs that `uses: run` may start, by name.
  package var commands: [String: [String]] = [:]
  /// Who may take jobs of a type (`uses: job`).
  package var workers: [String: [Selector]] = [:]
  package var channels: [String: Channel] = [:]
  /// The channel by which people are told whose turn it is, unless `people.yaml` says otherwise of them; `nil`: they are
  /// not told, and reminders go to the log.
  package var notify: String?
  /// Who is told what does not go on without an operator; `nil`: it stands in the log and on the first page.
  package var alarms: Alarms?
  /// The language in which people are told things, unless `people.yaml` says otherwise of them.
  package var language = "en"
  /// Words that workflows have of their own, by workflow and language: the files beside the definitions.
  package var messages: [String: [String: MessageText.ByTopic]] = [:]
  /// Names under `secrets.` to the environment variables that hold them.
  package var secrets: [String: String] = [:]

  package init() {}

  package struct Alarms: Sendable, Hashable {
    package var channel: String
    package var to: [Selector]

    package init(channel: String, to: [Selector]) {
      self.channel = channel
      self.to = to
    }
  }
}
