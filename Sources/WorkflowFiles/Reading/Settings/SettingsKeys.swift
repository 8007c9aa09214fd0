import WorkflowEngine

/// The tables of `writ.yaml`.
package enum SettingsKeys {
  package static let file = KeyTable(
    "writ.yaml",
    [
      .init("writ", .words(["1"]), required: true, "version of the language"),
      .init("title", .text, "what the pages call this repository"),
      .init("deploy-branch", .text, "the branch whose commits deploy; main if left out"),
      .init("remote", .text, "a remote that people push to: its deploy branch and its inbox count"),
      .init("mirror", .text, "a git repository that the record is pushed to, every ten seconds at most"),
      .init("signed-by", .list(.text), "public keys, one of which signs every commit of the record"),
      .init("inbox", .flag, "whether open requests are shown on writ/inbox, and decisions taken from it"),
      .init("timezone", .text, "for dates, where a workflow names none"),
      .init("calendar", .name, "for business time, where a workflow names none"),
      .init("url", .text, "where people reach the pages; links begin with it"),
      .init("config", .map(.value), "settings that expressions read"),
      .init("secrets", .map(.object(secret)), "names of secrets, and where each comes from"),
      .init("commands", .map(.list(.text)), "programs that uses: run may start"),
      .init("workers", .map(.selectors), "who may take jobs of a type, for uses: job"),
      .init("channels", .map(.object(channel)), "where notifications go"),
      .init("notify", .name, "the channel by which people are told that it is their turn"),
      .init("alarms", .object(alarms), "who is told what does not go on without an operator"),
      .init("language", .name, "in which people are told things, unless people.yaml says otherwise; en if left out"),
    ])

  static let secret = KeyTable(
    "a secret", [.init("env", .text, required: true, "an environment variable of the runner")])

  static let alarms = KeyTable(
    "alarms",
    [
      .init("channel", .name, required: true, "the channel by which they are told"),
      .init("to", .selectors, required: true, "persons and roles"),
    ])

  static let channel = KeyTable(
    "a channel",
    [
      .init("webhook", .oneOf([.text, .object(kept)]), "the address that a JSON document is posted to"),
      .init(
        "format", .words(Settings.Channel.Webhook.Format.allCases.map(\.rawValue)), "whose document; writ if left out"),
      .init("sign", .text, "name of the secret with which the document is signed (Standard Webhooks)"),
      .init("smtp", .text, "the mail server: smtps://host, or smtp://host:587"),
      .init("tls", .flag, "false: mail goes unsecured, to this machine only"),
      .init("from", .text, "the address that mail comes from"),
      .init("user", .text, "who signs in at the mail server"),
      .init("password", .text, "name of the secret that holds the password"),
    ])

  static let kept = KeyTable(
    "an address that is kept secret", [.init("secret", .text, required: true, "name of the secret that holds it")])
}
