import Foundation
import GitStore
import Testing

@Suite("People's repository, written to")
struct RepositoryWriteTests {
  let people: PeoplesRepository
  let repository: Repository

  init() throws {
    people = try PeoplesRepository()
    repository = try Repository.open(at: people.folder.path)
  }

  private func create(_ edits: [Change], on parent: ObjectID?) throws -> ObjectID {
    try repository.createCommit(
      edits, on: parent, message: "from the runner", author: .runner(at: 5), committer: .runner(at: 6))
  }

  @Test("gets commits that git finds sound")
  func createCommit() throws {
    let root = try create([.write("a/b", text: "x")], on: nil)
    let next = try create([.write("a/c", text: "y"), .delete("a/b")], on: root)
    try repository.updateRef("refs/heads/writ/inbox", to: next, expecting: nil)
    #expect(try people.git("fsck", "--strict", "--full").status == 0)
    #expect(try people.git("ls-tree", "-r", "--name-only", "writ/inbox").output == "a/c\n")
    #expect(try people.git("log", "--format=%s %at %ct", "writ/inbox").output.hasPrefix("from the runner 5 6\n"))
    let changes = try repository.changedPaths(from: root, to: next)
    #expect(changes.map(\.path) == ["a/b", "a/c"])
    #expect(throws: RepositoryError.self) { try create([.delete("nothing")], on: root) }
  }

  @Test("moves a ref only from where it is expected")
  func compareAndSwap() throws {
    let a = try people.id("main")
    let b = try people.id("side")
    #expect(throws: RefConflict.moved(actual: a)) {
      try repository.updateRef("refs/heads/main", to: b, expecting: b)
    }
    #expect(throws: RefConflict.moved(actual: a)) {
      try repository.updateRef("refs/heads/main", to: b, expecting: nil)
    }
    #expect(throws: RefConflict.moved(actual: nil)) {
      try repository.updateRef("refs/heads/none", to: b, expecting: a)
    }
    #expect(throws: RefConflict.self) { try repository.updateRef("refs/heads/../x", to: b, expecting: nil) }
    #expect(throws: RefConflict.self) { try repository.updateRef("refs/heads/x", to: .emptyTree, expecting: nil) }
    try repository.updateRef("refs/heads/side", to: a, expecting: b)
    #expect(try people.id("side") == a)
    #expect(repository.refs(under: "refs/heads/").map(\.name) == ["refs/heads/main", "refs/heads/side"])
    #expect(throws: RefConflict.moved(actual: a)) { try repository.deleteRef("refs/heads/side", expecting: b) }
    try repository.deleteRef("refs/heads/side", expecting: a)
    #expect(repository.ref("refs/heads/side") == nil && repository.resolve("side") == nil)
  }

  @Test("loses no commit of racing writers")
  func racing() async throws {
    let name = "refs/heads/race"
    try repository.updateRef(name, to: try create([.write("0", text: "")], on: nil), expecting: nil)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<3 {
        group.addTask {
          let mine = try Repository.open(at: people.folder.path)
          for round in 0..<5 { try append("\(writer)-\(round)", to: name, mine) }
        }
      }
      try await group.waitForAll()
    }
    let tip = try #require(repository.ref(name))
    #expect(try repository.files(under: "", in: tip).count == 16)
    #expect(try repository.history(from: tip).count == 16)
  }

  @Test("knows where a branch is checked out, and whether that is clean")
  func worktrees() throws {
    #expect(repository.isCheckedOut("main") && !repository.isCheckedOut("side"))
    let linked = people.folder("linked")
    try people.git("worktree", "add", "-q", linked, "side")
    #expect(repository.workingTree(of: "side") == linked)
    let second = try Repository.open(at: linked)
    #expect(second.headBranch == "side" && second.gitFolder == repository.gitFolder)
    #expect(second.isCheckedOut("main"))
    #expect(try second.isClean())
    try people.write("linked/untracked", "u")
    #expect(try second.isClean())
    try people.write("linked/workflows/a.yaml", "changed")
    #expect(try !second.isClean())
    try StockGit(folder: linked)("add", "-A")
    #expect(try !second.isClean())
    #expect(try repository.isClean())
    try people.git("checkout", "-q", "--detach")
    #expect(repository.headBranch == nil && !repository.isCheckedOut("main"))
  }
}

/// Adds an empty file to the branch, however often it moves meanwhile.
private func append(_ file: String, to name: String, _ repository: Repository) throws {
  while true {
    let tip = repository.ref(name)
    let next = try repository.createCommit(
      [.write(file, [])], on: tip, message: file, author: .runner(at: 1), committer: .runner(at: 1))
    do {
      try repository.updateRef(name, to: next, expecting: tip)
      return
    } catch { continue }
  }
}
