import CEL
import Subprocess
import WorkflowEngine
import WorkflowRunner

/// `uses: run`: a program that `writ.yaml` allows, in a sandbox without network and with a read-only file system.
///
/// `with: {command, args, input}`: `input` goes to the program as JSON on its standard input. What it prints is the
/// result: JSON as it is, anything else as `{text}`. An exit code n other than 0 is a failure `exit.n`.
struct CommandConnector: Sendable {
  static let outputLimit = 1 << 20

  func perform(_ request: Value, settings: Settings, timeout: Duration) async -> Performed {
    guard let name = request["command"]?.stringValue, let command = settings.commands[name], let program = command.first
    else { return .failed(code: "config", message: "with.command names no command of writ.yaml") }
    let arguments = command.dropFirst() + (request["args"]?.listValue ?? []).map(\.text)
    do {
      let input = try (request["input"] ?? .map([:])).canonicalJSON()
      let job = Task { try await Self.start(program, Array(arguments), input: input) }
      return try await Self.bounded(job, by: timeout)
    } catch {
      return .failed(code: "sandbox", message: "\(name) could not be started: \(error)")
    }
  }

  private static func bounded(_ job: Task<Performed, any Error>, by timeout: Duration) async throws -> Performed {
    let alarm = Task {
      try await Task.sleep(for: timeout)
      job.cancel()
    }
    defer { alarm.cancel() }
    let result = await job.result
    if job.isCancelled { return .failed(code: "timeout", message: "not done within \(timeout.components.seconds) s") }
    return try result.get()
  }

  private static let sandbox = [
    "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--unshare-all", "--new-session",
    "--die-with-parent", "--clearenv", "--setenv", "PATH", "/usr/bin:/bin", "--chdir", "/tmp", "--",
  ]

  private static func start(_ program: String, _ arguments: [String], input: [UInt8]) async throws -> Performed {
    let result = try await run(
      .name("bwrap"), arguments: Arguments(sandbox + [program] + arguments), input: .array(input),
      output: .string(limit: outputLimit), error: .string(limit: 4_096))
    guard case .exited(0) = result.terminationStatus else {
      let code = if case .exited(let code) = result.terminationStatus { "exit.\(code)" } else { "signal" }
      return .failed(code: code, message: String((result.standardError ?? "").prefix(300)))
    }
    let text = result.standardOutput ?? ""
    return .done((try? Value(json: Array(text.utf8))) ?? ["text": .string(text)])
  }
}
