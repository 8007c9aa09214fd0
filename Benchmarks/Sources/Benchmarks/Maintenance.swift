import GitStore
import Synchronization
import WorkflowRunner

/// How long a command waits while packs are rolled up and given deltas, against the same commands while nothing is.
struct Maintenance {
  let transitions: Int

  func measure() async throws -> [Figure] {
    let bureau = try await Bureau()
    _ = try await Lives(runner: bureau.runner, callers: 1_000).run(transitions / 5, Lives.automatic)
    let store = bureau.store
    while try store.rollUp() > 0 {}
    let alone = try await waits(bureau) { $0 == 5_000 }
    let isDone = Atomic(false)
    let work = Task.detached {
      defer { isDone.store(true, ordering: .releasing) }
      while try store.rollUp() > 0 {}
      return try Repacking(store: store).run()
    }
    let beside = try await waits(bureau) { _ in isDone.load(ordering: .acquiring) }
    guard try await work.value > 0 else { throw Failed(arguments: ["nothing was packed"]) }
    return [
      Figure(
        figure: "what maintenance adds to the longest wait of a command",
        value: max(0, beside.percentile(1) - alone.percentile(1)), unit: "ms",
        budget: Figure.Budget(of: .value, atMost: 50),
        with: [
          "commands": Double(beside.count), "longest ms": beside.percentile(1),
          "longest ms without": alone.percentile(1),
          "median ms": beside.median, "median ms without": alone.median,
          "99th percentile ms": beside.percentile(0.99), "99th percentile ms without": alone.percentile(0.99),
        ])
    ]
  }

  /// Milliseconds that each command of a lone caller takes.
  private func waits(_ bureau: Bureau, until isDone: (Int) -> Bool) async throws -> [Double] {
    var waits: [Double] = []
    while !isDone(waits.count) {
      waits.append(try await seconds { try await Lives.request(bureau.runner, waits.count) }.seconds * 1_000)
    }
    return waits
  }
}
