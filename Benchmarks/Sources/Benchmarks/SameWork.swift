import Foundation
import WorkflowRunner

/// An order by four jobs and an approval, six transitions that are each acknowledged when they are durable: here through
/// `Runner.submit` and over HTTP, and by engines that keep their state in a database, on the same machine in the same run.
///
/// An engine is measured where its program is: `make bench` brings SpiffWorkflow, `make bench-engines` all of them.
struct SameWork {
  let scale: Double
  private static let transitions = 6.0

  /// Budgets are the design's: ten times SpiffWorkflow on SQLite, fifty times DBOS on PostgreSQL.
  private static let engines = [
    (what: "SpiffWorkflow on SQLite", script: "spiff.py", instances: 2_000.0, timesFaster: 10.0),
    (what: "DBOS on PostgreSQL", script: "dbos_postgres.py", instances: 1_000.0, timesFaster: 50.0),
  ]

  func measure() async throws -> [Figure] {
    let instances = Int(20_000 * scale)
    var ways = [(name: "in process", speed: try await inProcess(instances))]
    if let program = ProcessInfo.processInfo.environment["WRIT"] {
      let time = try await OverHTTP(instances: instances, program: program).seconds()
      ways.append((name: "over HTTP", speed: Double(instances) * Self.transitions / time))
    }
    let engines = try Self.engines.compactMap { engine in
      try beside(engine.script, Int(engine.instances * scale) + 20).map { (engine, speed: $0) }
    }
    guard !engines.isEmpty else { return ways.map { figure($0.name, $0.speed) } }
    return ways.flatMap { way in
      engines.map { engine, speed in
        figure(
          "\(way.name) beside \(engine.what)", way.speed, Figure.Reference(what: engine.what, value: speed),
          Figure.Budget(of: .ratio, atLeast: engine.timesFaster))
      }
    }
  }

  private func figure(
    _ name: String, _ speed: Double, _ reference: Figure.Reference? = nil, _ budget: Figure.Budget? = nil
  ) -> Figure {
    Figure(
      figure: "four jobs and an approval, \(name)", value: speed, unit: "transitions/s", reference: reference,
      budget: budget)
  }

  private func inProcess(_ instances: Int) async throws -> Double {
    let bureau = try await Bureau()
    let count = try await Lives(runner: bureau.runner, callers: 1_000).run(instances, Lives.order)
    return Double(count.commands) / count.seconds
  }

  /// Transitions a second of another engine; nil where it is not installed.
  private func beside(_ script: String, _ instances: Int) throws -> Double? {
    guard let folder = ProcessInfo.processInfo.environment["WRIT_ENGINES"] else { return nil }
    let python = folder + "/.venv/bin/python"
    let scratch = try Scratch()
    guard (try? benchmarks.run(python, "\(folder)/\(script)", "--present")) != nil else { return nil }
    let line = try benchmarks.run(python, "\(folder)/\(script)", scratch.path, "\(instances)")
    let told = try JSONDecoder().decode(Told.self, from: Data(line.utf8))
    return told.transitions / told.seconds
  }

  private struct Told: Decodable {
    var transitions: Double
    var seconds: Double
  }
}
