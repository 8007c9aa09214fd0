import Glibc

/// Begins this program anew in this process, after a pause that grows: recovery is to read the record again.
enum Relaunch {
  private static let variable = "WRIT_RELAUNCHES"

  static func now() async throws {
    let count = getenv(variable).flatMap { Int(String(cString: $0)) } ?? 0
    let pause = min(1 << min(count, 5), 30)
    Terminal.note("the record could not be written; beginning anew in \(pause) s")
    try await Task.sleep(for: .seconds(pause))
    setenv(variable, "\(count + 1)", 1)
    execv("/proc/self/exe", CommandLine.unsafeArgv)
    throw Complaint(.remoteFailed, "writ could not begin anew: \(String(cString: strerror(errno)))")
  }
}
