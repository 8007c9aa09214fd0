import Foundation
import GitStore
import WorkflowRunner

/// Bytes on disk per transition: as batches leave them, and after maintenance.
struct Footprint {
  let bureau: Bureau
  let commands: Int
  let name: String

  func measure() throws -> [Figure] {
    let before = try packBytes()
    let packs = bureau.store.packNames().count
    let (time, _) = try seconds { try Repacking(store: bureau.store).run(least: 1) }
    // What was replaced stays until the call after the next.
    for _ in 0..<2 { try bureau.store.removeReplaced() }
    return [
      Figure(
        figure: "bytes per transition, \(self.name)", value: Double(before) / Double(commands), unit: "B",
        budget: Figure.Budget(of: .value, atMost: 1_500), with: ["packs": Double(packs)]),
      Figure(
        figure: "bytes per transition after maintenance, \(self.name)",
        value: Double(try packBytes()) / Double(commands), unit: "B",
        budget: Figure.Budget(of: .value, atMost: 200), with: ["packing s": time]),
    ]
  }

  private func packBytes() throws -> Int {
    let folder = URL(fileURLWithPath: bureau.state + "/.git/objects/pack")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.fileSizeKey])
    return try files.reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
  }
}
