import CEL
import Foundation
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// What 'writ doctor' looks at, one after the other.
struct Examination {
  let folder: String

  struct Finding {
    enum Verdict: String { case good, remark, bad }
    var verdict: Verdict
    var subject: String
    var words: String
    /// The command that mends it.
    var remedy: String?

    init(_ verdict: Verdict, _ subject: String, _ words: String, remedy: String? = nil) {
      (self.verdict, self.subject, self.words, self.remedy) = (verdict, subject, words, remedy)
    }

    var json: Value {
      var body: ValueMap = ["verdict": .string(verdict.rawValue), "subject": .string(subject), "words": .string(words)]
      body["remedy"] = remedy.map { .string($0) }
      return .map(body)
    }

    func write() {
      let mark =
        switch verdict {
        case .good: Style.good("ok    ")
        case .remark: Style.warm("note  ")
        case .bad: Style.bad("bad   ")
        }
      Terminal.out("\(mark)  \(subject.padding(to: 10))  \(words)")
      if let remedy { Terminal.out("                    \(Style.quiet("mend it:")) \(remedy)") }
    }
  }

  var findings: [Finding] {
    let tools = [git, signing, openPGP, sandbox]
    guard let place = try? Place(at: folder) else {
      return tools + [Finding(.bad, "repository", "there is no git repository at \(folder)", remedy: "writ init")]
    }
    return tools + definitions(place) + [person(place), inbox(place)] + record(place) + [space(place)]
  }

  // MARK: Tools

  private var git: Finding {
    let version = try? GitProgram(folder: "/").outcome(["--version"]).output
    return version.map { Finding(.good, "git", $0) }
      ?? Finding(.bad, "git", "git cannot be started", remedy: "apt install git")
  }

  private var signing: Finding {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/ssh-keygen")
      ? Finding(.good, "signing", "ssh-keygen is there for signed decisions")
      : Finding(
        .remark, "signing", "without ssh-keygen nobody can sign a decision", remedy: "apt install openssh-client")
  }

  private var openPGP: Finding {
    FileManager.default.isExecutableFile(atPath: StockGPG.program)
      ? Finding(.good, "openpgp", "gpg is there for commits signed with OpenPGP, a forge's for one")
      : Finding(
        .remark, "openpgp", "without gpg no commit signed with OpenPGP can be checked", remedy: "apt install gnupg")
  }

  private var sandbox: Finding {
    let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let isThere = paths.contains { FileManager.default.isExecutableFile(atPath: "\($0)/bwrap") }
    return isThere
      ? Finding(.good, "sandbox", "bubblewrap is there for 'uses: run'")
      : Finding(.remark, "sandbox", "without bubblewrap no step can use 'uses: run'", remedy: "apt install bubblewrap")
  }

  // MARK: The repository

  private func definitions(_ place: Place) -> [Finding] {
    guard let checked = try? place.isBare ? atHead(place) : RepositoryCheck.check(FolderTree(place.folder)) else {
      return [
        place.isBare
          ? Finding(.bad, "files", "HEAD has no commit that can be read", remedy: "git push to \(place.folder)")
          : Finding(.bad, "files", "the working tree cannot be read", remedy: "ls -la \(place.folder)")
      ]
    }
    guard checked.files["people.yaml"] != nil, checked.files["writ.yaml"] != nil else {
      let remedy = place.isBare ? "push a commit that has both" : "writ init \(place.folder)"
      return [Finding(.bad, "files", "writ.yaml or people.yaml is missing", remedy: remedy)]
    }
    let errors = checked.findings.count { $0.severity == .error }
    let words =
      "\(Words.count(checked.workflows.count, "workflow")), \(Words.count(checked.people.people.count, "person", "people"))"
    let files =
      errors == 0
      ? Finding(.good, "files", words)
      : Finding(.bad, "files", "\(words), \(Words.count(errors, "error"))", remedy: "writ check -C \(place.folder)")
    guard checked.workflows.values.contains(where: \.isSensitive) else { return [files] }
    return [
      files, Finding(.good, "keys", "state/.git/writ/keys opens sensitive fields: keep a copy, no clone has one"),
    ]
  }

  private func atHead(_ place: Place) throws -> CheckedRepository {
    try RepositoryCheck.check(CommitTree(repository: place.repository, commit: try place.commit("HEAD")))
  }

  private func person(_ place: Place) -> Finding {
    let keyboard = Keyboard(place)
    guard let email = keyboard.email else {
      return Finding(.bad, "you", "git does not know who you are", remedy: "git config user.email you@example.com")
    }
    guard let person = keyboard.person(at: nil) else {
      return Finding(
        .bad, "you", "people.yaml at HEAD knows nobody with the address \(email)",
        remedy: "add yourself to people.yaml, then: git commit people.yaml --message 'A new person'")
    }
    return Finding(.good, "you", "\(person) (\(email))")
  }

  private func inbox(_ place: Place) -> Finding {
    guard let tree = place.repository.workingTree(of: "writ/inbox") else {
      return Finding(.good, "inbox", "writ/inbox is checked out nowhere here, so it moves freely")
    }
    let isClean = (try? Repository.open(at: tree).isClean()) ?? false
    return isClean
      ? Finding(.good, "inbox", "writ/inbox is checked out in \(tree) and clean")
      : Finding(
        .remark, "inbox", "writ/inbox is checked out in \(tree) with changes, so new requests wait",
        remedy: "git -C \(tree) commit --all")
  }

  private func space(_ place: Place) -> Finding {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: place.folder)
    let free = ((attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0) >> 20
    return free >= 512
      ? Finding(.good, "space", "\(free >= 10_240 ? "\(free >> 10) GiB" : "\(free) MiB") free")
      : Finding(.bad, "space", "only \(free) MiB are free", remedy: "df -h \(place.folder)")
  }
}
