/// What is owed and is done by a server only.
enum WaitingWork {
  /// Says on stderr what waits.
  static func say(_ count: Int) {
    guard count > 0 else { return }
    Terminal.next("\(count) \(count == 1 ? "job waits" : "jobs wait"): writ serve --once")
  }
}
