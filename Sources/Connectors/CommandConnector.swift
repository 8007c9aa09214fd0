import CEL
import Subprocess
import WorkflowEngine
import WorkflowRunner

/// `uses: run`: a program that `writ.yaml` allows, in a ``Sandbox``.
///
/// `with: {command, args, input}`: `input` goes to the program as JSON on its standard input. What it prints is the
/// result: JSON as it is, anything else as `{text}`. An exit code n other than 0 is a failure `exit.n`.
struct CommandConnector: Sendable {
  let sandbox: Sandbox

  func perform(_ request: Value, settings: Settings, timeout: Duration) async -> Performed {
    await .within(timeout) { () throws(AttemptFailure) in
      guard let name = request["command"]?.stringValue, let command = settings.commands[name],
        let program = command.first
      else { throw AttemptFailure(code: "config", message: "with.command names no command of writ.yaml") }
      let arguments = try command.dropFirst() + Self.arguments(request["args"])
      let outcome = try await sandbox.run(program, Array(arguments), input: Self.input(request["input"]))
      return .done(try Self.result(of: outcome))
    }
  }

  private static func arguments(_ value: Value?) throws(AttemptFailure) -> [String] {
    let arguments = (value?.listValue ?? []).map(\.argument)
    guard arguments.allSatisfy({ !$0.utf8.contains(0) }) else {
      throw AttemptFailure(code: "config", message: "an argument of with.args contains a zero byte")
    }
    return arguments
  }

  private static func input(_ value: Value?) throws(AttemptFailure) -> [UInt8] {
    do throws(JSONError) { return try (value ?? .map([:])).canonicalJSON() } catch {
      throw AttemptFailure(code: "config", message: "with.input: \(error.message)")
    }
  }

  private static func result(of outcome: Sandbox.Outcome) throws(AttemptFailure) -> Value {
    let complaint = String(decoding: outcome.complaint, as: UTF8.self)
    switch outcome.status {
    case .exited(0): return try value(of: outcome.output)
    // Bubblewrap signs what it says itself: the program was not reached.
    case .exited where complaint.hasPrefix("bwrap: "): throw AttemptFailure(code: "sandbox", message: complaint)
    case .exited(let code): throw AttemptFailure(code: "exit.\(code)", message: complaint)
    case .signaled(let number): throw AttemptFailure(code: "signal", message: "killed by signal \(number)")
    }
  }

  private static func value(of output: [UInt8]) throws(AttemptFailure) -> Value {
    if let value = try? Value(json: output) { return value }
    guard let text = String(validating: output, as: UTF8.self) else {
      throw AttemptFailure(code: "output", message: "it printed neither JSON nor UTF-8 text")
    }
    return ["text": .string(text)]
  }
}
