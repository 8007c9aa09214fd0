import Foundation
import WorkflowRunner

/// One caller alone, each command its own commit, against appending 4 KiB to a file and `fdatasync`.
struct Lone {
  let rounds: Int

  func measure() async throws -> [Figure] {
    let bureau = try await Bureau()
    var transitions: [Double] = []
    var appends: [Double] = []
    let file = open(bureau.scratch("log"), O_WRONLY | O_CREAT | O_APPEND, 0o644)
    defer { close(file) }
    let block = [UInt8](repeating: 7, count: 4_096)
    for number in 0..<rounds {
      transitions.append(try await seconds { try await Lives.request(bureau.runner, number) }.seconds)
      appends.append(
        seconds {
          _ = block.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
          fdatasync(file)
        }.seconds)
    }
    return [
      Figure(
        figure: "lone durable transition", value: transitions.median * 1_000, unit: "ms",
        reference: Figure.Reference(what: "4 KiB append and fdatasync", value: appends.median * 1_000),
        budget: Figure.Budget(of: .ratio, atMost: 10),
        with: ["99th percentile ms": transitions.percentile(0.99) * 1_000])
    ]
  }
}
