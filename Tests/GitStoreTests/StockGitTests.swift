import Foundation
import GitStore
import Testing

@Suite("Stock git, on a record")
struct StockGitTests {
  let folder = TemporaryFolder()
  let store: StateStore
  let git: StockGit

  init() throws {
    store = try StateStore.create(at: folder("state"))
    git = StockGit(folder: folder("state"))
    try store.commit((0..<300).map { .write("instances/\($0 % 7)/\($0).yaml", text: "format: 1\nn: \($0)\n") }, "one")
    let large = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    try store.commit(
      [.write("large", large), .delete("instances/3/3.yaml"), .write("empty", [])], "two\n\nSequence: 2")
    try store.commit([.move("archive/1", from: "instances/1")], "three")
  }

  @Test("finds nothing wrong")
  func fsck() throws {
    let result = try git("fsck", "--full", "--strict")
    #expect(result.status == 0, "\(result)")
    #expect(result.complaint.isEmpty && result.output.isEmpty, "\(result)")
    let packs = try FileManager.default.contentsOfDirectory(atPath: folder("state/.git/objects/pack"))
    #expect(packs.count == 6)
    for name in packs where name.hasSuffix(".pack") {
      let pack = folder("state/.git/objects/pack/\(name)")
      #expect(try git("verify-pack", pack).status == 0)
      let strict = try git("index-pack", "--strict", "-o", folder("check.idx"), pack)
      #expect(strict.status == 0, "\(strict)")
      let ours = try Data(contentsOf: URL(fileURLWithPath: String(pack.dropLast(4)) + "idx"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder("check.idx"))) == ours)
    }
  }

  @Test("clones it and reads its history")
  func clone() throws {
    #expect(try git("clone", "-q", folder("state"), folder("copy")).status == 0)
    #expect(try git("clone", "-q", "file://" + folder("state"), folder("copy2")).status == 0)
    for copy in ["copy", "copy2"] {
      #expect(FileManager.default.fileExists(atPath: folder("\(copy)/archive/1/1.yaml")))
      #expect(try String(contentsOfFile: folder("\(copy)/instances/0/7.yaml"), encoding: .utf8) == "format: 1\nn: 7\n")
      #expect(try StockGit(folder: folder(copy))("fsck", "--full", "--strict").status == 0)
    }
    let log = try git("log", "--stat", "--format=%s|%an|%ae|%at")
    #expect(log.output.contains("two|Writ|writ@localhost|1764000000"), "\(log)")
    #expect(log.output.contains("instances/3/3.yaml"))
    #expect(try git("log", "-1", "--skip=1", "--format=%(trailers:key=Sequence,valueonly)").output.hasPrefix("2"))
    #expect(try git("rev-parse", "state").output.hasPrefix(store.tip?.description ?? "none"))
  }

  @Test("may not write into it")
  func refusesWrites() throws {
    let tip = try #require(store.tip)
    let parent = try #require(try store.commitInfo(tip).parents.first)
    #expect(try git("commit", "--allow-empty", "-m", "mine").status != 0)
    let update = try git("update-ref", "refs/heads/state", parent.description)
    #expect(update.status != 0 && update.complaint.contains("only the runner writes here"), "\(update)")
    #expect(try git("branch", "other").status != 0)
    #expect(try git("tag", "t").status != 0)
    #expect(try git("clone", "-q", folder("state"), folder("copy")).status == 0)
    let copy = StockGit(folder: folder("copy"))
    #expect(try copy("commit", "--allow-empty", "-m", "theirs").status == 0)
    #expect(try copy("push", "origin", "HEAD:state").status != 0)
    #expect(try copy("push", "-f", "origin", "HEAD:other").status != 0)
    #expect(try store.tipOnDisk() == tip)
  }

  @Test("collects no garbage, even when forced")
  func garbageCollection() throws {
    let packs = try FileManager.default.contentsOfDirectory(atPath: folder("state/.git/objects/pack"))
    let refused = try git("gc")
    #expect(refused.status != 0 && refused.complaint.contains("already running"), "\(refused)")
    try git("gc", "--force", "--prune=now", "--aggressive")
    try git("prune", "--expire=now")
    try git("repack", "-a", "-d")
    try git("maintenance", "run", "--task=incremental-repack")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder("state/.git/objects/pack"))
    #expect(Set(packs).isSubset(of: left))
    let tip = try store.commit([.write("after", text: "gc")])
    #expect(try git("rev-parse", "state").output == "\(tip)\n")
    #expect(try store.text("after") == "gc")
    #expect(try git("fsck", "--full", "--strict").status == 0)
  }

  @Test("may pack the refs without hurting")
  func packedRefs() throws {
    try git("pack-refs", "--all")
    #expect(try store.tipOnDisk() == store.tip)
    let tip = try store.commit([.write("x", text: "y")])
    #expect(try git("rev-parse", "state").output == "\(tip)\n")
  }
}
