import Foundation
import GitStore
import WorkflowRunner

/// Durable file versions a second through `Runner.submit`, against `git fast-import` writing the same files.
struct Throughput {
  let name: String
  let instances: Int
  let life: @Sendable (Runner, Int) async throws -> (Int, Int)

  func measure() async throws -> [Figure] {
    let bureau = try await Bureau()
    let before = bureau.runner.snapshot.sequence
    let first = bureau.store.tip
    let lives = Lives(runner: bureau.runner, callers: 1_000)
    let count = try await lives.run(instances, life)
    let batches = bureau.runner.snapshot.sequence - before
    let history = try RecordHistory(bureau.store, after: first)
    let stream = bureau.scratch("stream")
    let versions = try history.writeStream(to: stream, versionsPerCommit: 1_000)
    let imported = try FastImport.seconds(stream, in: bureau.scratch("reference"))
    let speed = Figure(
      figure: "durable file versions, \(name)", value: Double(versions) / count.seconds, unit: "/s",
      reference: Figure.Reference(what: "git fast-import, a commit per 1000", value: Double(versions) / imported),
      budget: Figure.Budget(of: .ratio, atLeast: 5),
      with: [
        "commands/s": Double(count.commands) / count.seconds, "steps/s": Double(count.steps) / count.seconds,
        "commits": Double(batches), "commands per commit": Double(count.commands) / Double(batches),
        "file versions": Double(versions),
      ])
    return [speed] + (try Footprint(bureau: bureau, commands: count.commands, name: name).measure())
  }
}

/// What a record's commits wrote.
struct RecordHistory {
  let store: StateStore
  private let commits: [CommitInfo]
  private let first: ObjectID?

  init(_ store: StateStore, after first: ObjectID?) throws {
    self.store = store
    self.first = first
    guard let tip = store.tip, let commits = try store.commits(after: first, upTo: tip, limit: .max) else {
      throw Failed(arguments: ["history"])
    }
    self.commits = commits
  }

  /// Writes a stream for `git fast-import` that makes the same file versions, in the same order; returns how many.
  func writeStream(to path: String, versionsPerCommit limit: Int) throws -> Int {
    guard FileManager.default.createFile(atPath: path, contents: nil) else { throw Failed(arguments: [path]) }
    guard let file = FileHandle(forWritingAtPath: path) else { throw Failed(arguments: [path]) }
    defer { try? file.close() }
    var versions = 0
    var text = Data()
    var before = try first.map { try store.snapshot($0) }
    for commit in commits {
      let after = try store.snapshot(commit.id)
      for change in try after.changes(since: before) {
        guard let new = change.new else { continue }
        if versions % limit == 0 {
          text += Data("commit refs/heads/main\ncommitter a <a@example.com> \(versions) +0000\ndata 2\ngo\n".utf8)
        }
        let bytes = try after.blob(new.id)
        text += Data("M 100644 inline \(change.path)\ndata \(bytes.count)\n".utf8) + bytes + Data("\n".utf8)
        versions += 1
      }
      before = after
      if text.count > 1 << 20 {
        try file.write(contentsOf: text)
        text.removeAll(keepingCapacity: true)
      }
    }
    try file.write(contentsOf: text)
    return versions
  }
}

enum FastImport {
  /// What stock git takes for the stream, in a repository of its own.
  static func seconds(_ stream: String, in folder: String) throws -> Double {
    try run("git", "init", "--quiet", "--bare", folder)
    return try benchmarks.seconds { try run("git", "fast-import", "--quiet", in: folder, input: stream) }.seconds
  }
}
