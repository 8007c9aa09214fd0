import Glibc
import Subprocess

/// Bubblewrap around one program: no network, nothing writable but a `/tmp` of its own, no environment, no process
/// but its own, and no socket of the host's services. Whatever it started ends with it.
struct Sandbox: Sendable {
  /// Bytes that a program may print.
  static let outputLimit = 1 << 20

  /// Where `bwrap` is looked for: folders, with `:` between them.
  var searchPath: String

  struct Outcome: Sendable {
    var status: TerminationStatus
    var output: [UInt8]
    /// The beginning of what it said on standard error.
    var complaint: [UInt8]
  }

  /// Cancelling kills it, with everything that it started.
  func run(_ program: String, _ arguments: [String], input: [UInt8]) async throws(AttemptFailure) -> Outcome {
    _ = Self.brokenPipesAreErrors
    do {
      let result = try await Subprocess.run(
        .name("bwrap"), arguments: Arguments(Self.walls + [program] + arguments),
        environment: .custom(["PATH": searchPath]), input: .inputWriter, output: .bytes(limit: Self.outputLimit),
        error: .sequence
      ) { execution in
        async let given: Void = Self.give(input, to: execution.standardInputWriter)
        let complaint = try await Self.beginning(of: execution.standardError)
        await given
        return complaint
      }
      return Outcome(
        status: result.terminationStatus, output: result.standardOutput, complaint: result.closureResult)
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      throw AttemptFailure(code: "output", message: "it printed more than \(Self.outputLimit) bytes")
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw AttemptFailure(
        code: "sandbox", message: "bubblewrap is not installed on the runner's machine: apt-get install bubblewrap")
    } catch {
      throw AttemptFailure(code: "sandbox", message: "the sandbox could not be started: \(error)")
    }
  }

  /// `/run` is hidden because a socket there would be a way out that no network namespace closes.
  private static let walls = [
    "--unshare-all", "--new-session", "--die-with-parent", "--cap-drop", "ALL", "--clearenv",
    "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
    "--tmpfs", "/run", "--size", "\(64 << 20)", "--tmpfs", "/tmp", "--chdir", "/tmp", "--",
  ]

  /// A program need not read its input, so that it ended before is no failure.
  private static func give(_ input: [UInt8], to writer: StandardInputWriter) async {
    _ = try? await writer.write(input)
    try? await writer.finish()
  }

  /// Reads to the end, so that a talkative program is not held up, and keeps the beginning.
  private static func beginning(of stream: SubprocessOutputSequence) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream {
      chunk.withUnsafeBytes { bytes += $0.prefix(outputLimit - bytes.count) }
    }
    return bytes
  }

  /// Writing to a program that has ended is an error to look at, not a signal that ends the runner.
  private static let brokenPipesAreErrors: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}
