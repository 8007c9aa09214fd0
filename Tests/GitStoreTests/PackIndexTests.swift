import Foundation
import Testing

@testable import GitStore

@Suite("The index of a pack")
struct PackIndexTests {
  @Test("has offsets beyond two gigabytes, as git reads them")
  func largeOffsets() throws {
    let folder = TemporaryFolder()
    let offsets: [UInt64] = [12, 1 << 31 - 1, 1 << 31, 1 << 31 + 1, 1 << 40]
    let entries = offsets.map {
      PackIndex.Entry(id: .of(.blob, Array("\($0)".utf8)), crc: UInt32($0 & 0xFFFF), offset: $0)
    }
    var index = GrowingBytes(capacity: 0)
    PackIndex.encode(entries, packChecksum: .emptyTree, into: &index)
    let shown = try StockGit(folder: folder.path)("show-index", input: Data(index.bytes)).output
    let expected = entries.sorted { $0.id < $1.id }.map { entry in
      let crc = String(entry.crc, radix: 16)
      return "\(entry.offset) \(entry.id) (\(String(repeating: "0", count: 8 - crc.count))\(crc))\n"
    }
    #expect(shown == expected.joined())
  }

  @Test("and pack, when broken, are answered with nothing or an error, and never end the process")
  func brokenBytes() throws {
    let folder = TemporaryFolder()
    let store = try StateStore.create(at: folder("state"))
    try store.commit((0..<20).map { .write("f/\($0)", text: "content of file \($0)") })
    let tip = try #require(store.tip)
    let layout = StoreLayout(folder: folder("state"))
    let name = try #require(layout.packNames().first)
    let files = [layout.pack(name), layout.index(name)]
    let whole = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    var random = Seeded(state: 1)
    for round in 0..<400 {
      var broken = whole
      let which = round % 2
      for _ in 0..<4 { broken[which][Int.random(in: 0..<broken[which].count, using: &random)] = .random(in: 0...255) }
      if round % 5 == 0 { broken[which] = broken[which].prefix(Int.random(in: 1..<broken[which].count)) }
      try FileManager.default.createDirectory(
        atPath: folder("broken/.git/objects/pack"), withIntermediateDirectories: true)
      let copy = StoreLayout(folder: folder("broken"))
      try broken[0].write(to: URL(fileURLWithPath: copy.pack(name)))
      try broken[1].write(to: URL(fileURLWithPath: copy.index(name)))
      let objects = try StoreObjects(copy)
      for pack in objects.all { _ = pack.hasNoDeltas }
      guard let snapshot = try? Snapshot(tip, source: objects) else { continue }
      try? snapshot.walk(under: "") { path, file throws(StoreError) in
        #expect(try snapshot.blob(file.id) == Array("content of file \(path.dropFirst(2))".utf8))
      }
    }
  }
}

/// The same numbers every time (Knuth's MMIX generator, its upper half used twice).
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    func half() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 32
    }
    return half() << 32 | half()
  }
}
