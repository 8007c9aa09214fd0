import ArgumentParser
import CEL
import GitStore
import WorkflowFiles

struct SigningKeyVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signing-key",
    abstract: "Prints the public key with which this runner signs commits of the record.",
    discussion: """
      Put the line into writ.yaml and deploy it: from that commit on every commit of the record is signed, and 'writ verify' and \
      'git log --show-signature' tell one that somebody else made.

      signed-by: [ssh-ed25519 AAAA...]
      """)

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let place = try repository.place()
    try place.requireRecord()
    guard let keys = try StateStore.privateKeys(at: place.state) else {
      throw Complaint(.notFound, "this record has no keys: it is a copy", hint: "ask where its server runs")
    }
    let texts = CommitKeys(keys).texts
    if output.json {
      Terminal.out(Value.map(["keys": .list(texts.map { .string($0) })]).versioned.prettyJSON)
    } else {
      for text in texts { Terminal.out(text) }
    }
  }
}
