import CEL
import WorkflowEngine
import WorkflowRunner

/// Instances brought through their process by callers that each wait for every answer, as workers and people do. Batches
/// form by themselves.
struct Lives {
  let runner: Runner
  /// Callers at once.
  let callers: Int

  struct Count {
    var commands = 0
    var steps = 0
    var seconds = 0.0
  }

  /// - Parameter life: brings one instance to its end, and says how many commands that took and steps it finished.
  func run(_ instances: Int, _ life: @escaping @Sendable (Runner, Int) async throws -> (Int, Int)) async throws -> Count
  {
    let (time, count) = try await seconds {
      try await withThrowingTaskGroup(of: Count.self) { group in
        for caller in 0..<min(callers, instances) {
          group.addTask { [runner, callers] in
            var count = Count()
            for number in stride(from: caller, to: instances, by: callers) {
              let (commands, steps) = try await life(runner, number)
              count.commands += commands
              count.steps += steps
            }
            return count
          }
        }
        return try await group.reduce(into: Count()) {
          $0.commands += $1.commands
          $0.steps += $1.steps
        }
      }
    }
    return Count(commands: count.commands, steps: count.steps, seconds: time)
  }

  /// A start and four results: five acknowledged commands.
  static let automatic: @Sendable (Runner, Int) async throws -> (Int, Int) = { runner, number in
    let input: Value = ["customer": .string("customer \(number)"), "amount": .string("\(number % 900).50")]
    let started = try await runner.submit(Request(by: "anna", .start(workflow: "automatic", input: input)))
    try await work(runner, started, number)
    return (5, 5)
  }

  /// A start, four results and a decision: six acknowledged commands.
  static let order: @Sendable (Runner, Int) async throws -> (Int, Int) = { runner, number in
    let input: Value = ["customer": .string("customer \(number)"), "amount": .string("\(number % 900).50")]
    let started = try await runner.submit(Request(by: "anna", .start(workflow: "order", input: input)))
    let id = try await work(runner, started, number)
    _ = try await runner.submit(Request(by: "bob", .act(id, .decide(Command.Decide(.approve)))))
    return (6, 6)
  }

  /// The four services answer, one after the other.
  @discardableResult
  private static func work(_ runner: Runner, _ started: Receipt, _ number: Int) async throws -> Int {
    guard let id = started.instance?.id.number else { throw Failed(arguments: ["start"]) }
    for step in Processes.services {
      let result: Value = ["status": 200, "body": ["id": .string("\(step)-\(number)")]]
      let done = Command.Action.jobDone(step: step, visit: 1, attempt: 1, result: result)
      _ = try await runner.submit(Request(by: "system:dispatcher", .act(id, done)))
    }
    return id
  }

  /// A start: one command, then it waits for a decision.
  static let request: @Sendable (Runner, Int) async throws -> (Int, Int) = { runner, number in
    _ = try await runner.submit(Request(by: "anna", .start(workflow: "approval", input: leave(number))))
    return (1, 0)
  }

  /// A start and a decision: two acknowledged commands.
  static let approval: @Sendable (Runner, Int) async throws -> (Int, Int) = { runner, number in
    let started = try await runner.submit(Request(by: "anna", .start(workflow: "approval", input: leave(number))))
    guard let id = started.instance?.id.number else { throw Failed(arguments: ["start"]) }
    _ = try await runner.submit(Request(by: "bob", .act(id, .decide(Command.Decide(.approve)))))
    return (2, 2)
  }

  private static func leave(_ number: Int) -> Value {
    ["days": .int(Int64(number % 30)), "reason": .string("Family visit number \(number)")]
  }
}
