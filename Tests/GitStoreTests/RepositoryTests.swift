import Foundation
import GitStore
import Testing

/// A repository of people, made with stock git: `main` with a side branch merged into it.
struct PeoplesRepository {
  let folder = TemporaryFolder()
  let git: StockGit

  init() throws {
    git = StockGit(folder: folder.path)
    try git("init", "-q", "-b", "main")
    try git("config", "user.name", "Bob")
    try write("workflows/a.yaml", "a: 1\n")
    try write("workflows/deep/b.yaml", "b: 1\n")
    try commit("first\n\nReviewed-by: Eve")
    try git("checkout", "-q", "-b", "side")
    try write("side.yaml", "s\n")
    try commit("on the side")
    try git("checkout", "-q", "main")
    try write("workflows/a.yaml", "a: 2\n")
    try commit("second")
    try git("merge", "-q", "--no-ff", "-m", "merge", "side")
  }

  func write(_ name: String, _ text: String) throws {
    let path = folder(name)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  func commit(_ message: String) throws {
    try git("add", "-A")
    try git("commit", "-q", "-m", message)
  }

  func id(_ rev: String) throws -> ObjectID {
    try #require(ObjectID(hex: try git("rev-parse", rev).output.prefix(40)))
  }
}

@Suite("People's repository")
struct RepositoryTests {
  let people: PeoplesRepository
  let repository: Repository

  init() throws {
    people = try PeoplesRepository()
    repository = try Repository.open(at: people.folder.path)
  }

  @Test("is found from a folder within it")
  func discover() throws {
    let found = try Repository.discover(from: people.folder("workflows/deep"))
    #expect(found.workingTree == repository.workingTree && found.gitFolder == people.folder(".git"))
    #expect(found.headBranch == "main")
    #expect(found.config("user.name") == "Bob")
    #expect(found.config("no.such") == nil)
    #expect(throws: RepositoryError.notARepository("/proc")) { try Repository.discover(from: "/proc") }
    #expect(throws: RepositoryError.notARepository("/nothing")) { try Repository.open(at: "/nothing") }
  }

  @Test("is found from the record within it, and told to ignore that")
  func discoverFromRecord() throws {
    let store = try StateStore.create(at: people.folder("state"))
    try store.close()
    let found = try Repository.discover(from: people.folder("state"))
    #expect(found.workingTree == repository.workingTree)
    #expect(try people.git("status", "--porcelain").output.contains("state"))
    try found.exclude("/state/")
    try found.exclude("/state/")
    #expect(try people.git("status", "--porcelain").output.isEmpty)
    let lines = try String(contentsOfFile: people.folder(".git/info/exclude"), encoding: .utf8).split(separator: "\n")
    #expect(lines.filter { $0 == "/state/" }.count == 1)
  }

  @Test("resolves names of commits, and takes no patterns")
  func resolve() throws {
    #expect(try repository.resolve("main") == people.id("main"))
    #expect(try repository.resolve("HEAD~1") == people.id("main~1"))
    #expect(try repository.resolve(String(try people.id("side").description.prefix(10))) == people.id("side"))
    for rev in ["", "nothing", "main:side.yaml", ":/second", "main^{/first}", "main@{1}", "ma\u{0}in"] {
      #expect(repository.resolve(rev) == nil, "\(rev)")
    }
  }

  @Test("gives commits apart and whole")
  func commit() throws {
    let merge = try repository.commit(try people.id("main"))
    #expect(merge.isMerge && merge.subject == "merge" && merge.author.email == "ada@example.org")
    #expect(merge.parents == [try people.id("main^1"), try people.id("main^2")])
    #expect(try merge.tree == people.id("main^{tree}"))
    #expect(ObjectID.of(.commit, merge.raw) == merge.id)
    let first = try repository.commit(try people.id("main~2"))
    #expect(first.trailers.map(\.value) == ["Eve"])
    #expect(throws: RepositoryError.self) { try repository.commit(merge.tree) }
  }

  @Test("tells history with parents first")
  func history() throws {
    let all = try repository.history(from: try people.id("main"))
    #expect(all.count == 4)
    #expect(try all.first == people.id("main~2"))
    #expect(try all.last == people.id("main"))
    let new = try repository.history(from: try people.id("main"), excluding: [try people.id("main~1")])
    #expect(new == [try people.id("side"), try people.id("main")])
    #expect(throws: RepositoryError.self) { try repository.history(from: try people.id("main"), limit: 2) }
    #expect(throws: RepositoryError.self) { try repository.history(from: .emptyTree) }
    #expect(try repository.isAncestor(try people.id("side"), of: try people.id("main")))
    #expect(try !repository.isAncestor(try people.id("main"), of: try people.id("side")))
  }

  @Test("gives files, with modes to refuse links by")
  func files() throws {
    try FileManager.default.createSymbolicLink(atPath: people.folder("link"), withDestinationPath: "/etc/passwd")
    try people.git("update-index", "--add", "--cacheinfo", "160000,\(try people.id("side")),module")
    try people.git("update-index", "--add", "--cacheinfo", "100644,\(try people.id("main:side.yaml")),bad\u{1}name")
    try people.git("add", "link")
    try people.git("commit", "-q", "-m", "odd ones")
    let tip = try people.id("main")
    let files = try repository.files(under: "", in: tip)
    #expect(files.first { $0.path == "link" }?.mode == .symlink)
    #expect(files.first { $0.path == "module" }?.mode == .submodule)
    #expect(files.filter { $0.mode == .file }.count == 4)
    let workflows = try repository.files(under: "workflows", in: tip)
    #expect(workflows.map(\.path) == ["workflows/a.yaml", "workflows/deep/b.yaml"])
    #expect(try repository.blob(workflows[0].id, limit: 5) == Array("a: 2\n".utf8))
    #expect(throws: RepositoryError.tooLarge("blob \(workflows[0].id) has more than 4 bytes")) {
      try repository.blob(workflows[0].id, limit: 4)
    }
    #expect(throws: RepositoryError.self) { try repository.blob(.emptyTree, limit: 4) }
    #expect(throws: RepositoryError.self) { try repository.files(under: "", in: tip, limit: 3) }
    #expect(try repository.entry(at: "workflows/deep", inCommit: tip)?.mode == .folder)
    #expect(try repository.entry(at: "nothing/deep", inCommit: tip) == nil)
    #expect(throws: RepositoryError.self) { try repository.entry(at: "../x", inCommit: tip) }
  }

  @Test("lists a name that is not UTF-8 without choking on it")
  func oddNames() throws {
    let blob = try people.id("main:side.yaml")
    var tree = Data("100644 blob \(blob)\t".utf8)
    tree.append(contentsOf: [0xFF, 0xFE])
    tree.append(contentsOf: Data("\0100644 blob \(blob)\tgood\0".utf8))
    let treeID = try people.git("mktree", "-z", input: tree).output.prefix(40)
    let id = try people.git("commit-tree", "-m", "odd", String(treeID)).output.prefix(40)
    let commit = try #require(ObjectID(hex: id))
    #expect(try repository.files(under: "", in: commit).map(\.mode) == [.file, .unnamed])
    #expect(try repository.changedPaths(from: nil, to: commit).count == 2)
    #expect(try repository.entry(at: "good", inCommit: commit)?.mode == .file)
  }

  @Test("tells what differs by path")
  func changes() throws {
    let changes = try repository.changedPaths(from: try people.id("main~2"), to: try people.id("main"))
    #expect(changes.map(\.path) == ["side.yaml", "workflows/a.yaml"])
    #expect(changes[0].old == nil && changes[1].old != nil && changes[1].new?.name == "a.yaml")
    #expect(try repository.changedPaths(from: nil, to: try people.id("main~2")).count == 2)
    let back = try repository.changedPaths(from: try people.id("main"), to: try people.id("main~2"))
    #expect(back.map { $0.new == nil } == [true, false])
  }
}
