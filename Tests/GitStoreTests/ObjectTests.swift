import GitStore
import Testing

@Suite("Objects")
struct ObjectTests {
  @Test("have git's names")
  func names() {
    #expect(ObjectID.emptyTree.description == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    #expect(ObjectID.of(.blob, []).description == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    #expect(ObjectID.of(.blob, Array("hello\n".utf8)).description == "ce013625030ba8dba906f756967f9e9ca394464a")
  }

  @Test("have names that are forty hexadecimal digits")
  func hex() {
    let text = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    #expect(ObjectID(hex: text)?.description == text)
    #expect(ObjectID(hex: text.uppercased())?.description == text)
    for wrong in ["", String(text.dropLast()), text + "0", "g" + text.dropFirst(), "é" + text.dropFirst(2)] {
      #expect(ObjectID(hex: wrong) == nil)
    }
  }

  @Test("have names in the order of their digits")
  func order() throws {
    let texts = ["00", "0001", "7f", "80", "ff"].map { $0 + String(repeating: "0", count: 40 - $0.count) }
    let last = String(repeating: "0", count: 39) + "1"
    let ids = try (texts + [last]).map { try #require(ObjectID(hex: $0)) }
    #expect(ids.sorted().map(\.description) == (texts + [last]).sorted())
    #expect(Set(ids).count == 6)
  }

  @Test("of a commit keep trailers apart from text")
  func trailers() throws {
    let store = MemoryStore()
    func trailers(_ message: String) throws -> [String] {
      let id = try store.commit([], message)
      return try store.commitInfo(id).trailers.map { "\($0.key)=\($0.value)" }
    }
    #expect(try trailers("subject").isEmpty)
    #expect(try trailers("a: b").isEmpty)
    #expect(try trailers("s\n\nbody: with text\nand more\n\nSequence: 7\nTerm:8\n") == ["Sequence=7", "Term=8"])
    #expect(try trailers("s\n\nnot a trailer: x\nSequence: 7").isEmpty)
  }

  @Test("of a commit keep times and zones, and refuse what would break the line")
  func signatures() throws {
    let store = MemoryStore()
    for offset in [0, 330, -570, 1439, -1439] {
      let who = Signature(name: "Zoë Q.", email: "z@example.org", time: 1_700_000_000, offset: offset)
      let id = try store.commit([], message: "m", author: who, committer: who)
      #expect(try store.commitInfo(id).author == who)
    }
    for (name, email) in [("", "a"), ("a", ""), ("a\nb", "c"), ("a<b", "c"), ("a", "b>c")] {
      let who = Signature(name: name, email: email, time: 0)
      #expect(throws: StoreError.self) { try store.commit([], message: "m", author: who, committer: who) }
    }
    #expect(throws: StoreError.self) { try store.commit([], "NUL \u{0}") }
  }
}
