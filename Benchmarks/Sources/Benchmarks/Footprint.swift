import Foundation
import GitStore

/// Bytes on disk per transition: as batches leave them, and after maintenance.
struct Footprint {
  let bureau: Bureau
  let commands: Int
  let name: String

  func measure() throws -> [Figure] {
    let before = try packBytes()
    let names = bureau.store.packNames()
    let folder = bureau.scratch("maintenance")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let list = bureau.scratch("packs")
    try Data(names.map { "\($0).pack\n" }.joined().utf8).write(to: URL(fileURLWithPath: list))
    let (time, name) = try seconds {
      try run("git", "pack-objects", "--quiet", "--stdin-packs", "\(folder)/pack", in: bureau.state, input: list)
    }
    let pack = "\(folder)/pack-\(name.trimmingCharacters(in: .whitespacesAndNewlines))"
    let (adoption, _) = try seconds { try bureau.store.adopt(packAt: pack, replacing: names) }
    // What was replaced stays until the call after the next.
    for _ in 0..<2 { try bureau.store.removeReplaced() }
    return [
      Figure(
        figure: "bytes per transition, \(self.name)", value: Double(before) / Double(commands), unit: "B",
        budget: Figure.Budget(of: .value, atMost: 1_500), with: ["packs": Double(names.count)]),
      Figure(
        figure: "bytes per transition after maintenance, \(self.name)",
        value: Double(try packBytes()) / Double(commands), unit: "B",
        budget: Figure.Budget(of: .value, atMost: 200), with: ["packing s": time, "adoption s": adoption]),
    ]
  }

  private func packBytes() throws -> Int {
    let folder = URL(fileURLWithPath: bureau.state + "/.git/objects/pack")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.fileSizeKey])
    return try files.reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
  }
}
