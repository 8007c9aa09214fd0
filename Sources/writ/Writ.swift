import ArgumentParser

/// `writ <verb>`: data on stdout, everything else on stderr.
struct Writ: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "writ",
    abstract: "Business processes whose definitions, running instances and approvals are files in git.",
    discussion: """
      A commit deploys, a commit decides, and every step is in history. New here? 'writ demo' shows a living example; \
      'writ init' begins your own.

      Exit codes: 0 done; 1 findings, or refused; 2 the command line; 3 conflict; 4 not allowed; 5 not found; 6 waiting \
      for a person; 7 the other side failed; 130 interrupted.
      """,
    version: "writ 0.1.0 (language 1)",
    groupedSubcommands: [
      CommandGroup(name: "Begin:", subcommands: [Init.self, Demo.self, Doctor.self]),
      CommandGroup(
        name: "Definitions:",
        subcommands: [
          Check.self, Test.self, Case.self, Explain.self, Eval.self, Render.self, SchemaVerb.self, Deploy.self,
        ]),
      CommandGroup(name: "Run:", subcommands: [Serve.self, Start.self, List.self, Show.self, Log.self, Watch.self]),
      CommandGroup(
        name: "Answer:",
        subcommands: [
          Inbox.self, Approve.self, Reject.self, Return.self, Delegate.self, Complete.self, Move.self, Send.self,
          Messages.self,
          Ask.self, Answer.self, Withdraw.self, Comment.self,
        ]),
      CommandGroup(
        name: "Operate:",
        subcommands: [
          Cancel.self, Retry.self, Skip.self, Reopen.self, Suspend.self, Resume.self, Migrate.self, Verify.self,
          Audit.self,
          SigningKeyVerb.self, Hook.self,
        ]),
    ])
}
