/// How a verb ends, for scripts. Thrown by itself where everything has been said already.
enum ExitStatus: Int32, Error {
  case ok = 0
  /// Findings, or refused.
  case refused = 1
  case usage = 2
  /// Closed, stale, ambiguous, held by another process.
  case conflict = 3
  case notAllowed = 4
  case notFound = 5
  case waitingForPerson = 6
  /// A server, a remote or git failed or did not answer.
  case remoteFailed = 7
  case interrupted = 130
}
