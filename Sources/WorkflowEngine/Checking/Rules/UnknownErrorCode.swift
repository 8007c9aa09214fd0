extension Rule {
  static let unknownErrorCode = Rule(
    "W409", .warning, "error code that never comes",
    why:
      "Errors have codes such as `http.503`, `timeout`, `network`, `exit.2`. A route for another code is never taken.",
    wrong: """
      on-error: [{code: "503", then: later}]
      """,
    right: """
      on-error: [{code: http.503, then: later}]
      """
  ) { subject in
    subject.workflow.steps.flatMap { step -> [Remark] in
      let routes = step.onError.enumerated().compactMap { index, route in
        route.code.map { (code: $0, path: step.root + ["on-error", .index(index), "code"], takesStar: false) }
      }
      let retries = (step.retried ?? []).enumerated().map { index, code in
        (code: code, path: step.root + ["retry", "on", .index(index)], takesStar: true)
      }
      return (routes + retries).filter { !$0.code.isErrorCode(takesStar: $0.takesStar) }.map { code, path, _ in
        Remark("no error has the code '\(code)'", at: path, hint: code.meantErrorCode)
      }
    }
  }
}

extension Step {
  /// The codes that a service tries again.
  fileprivate var retried: [String]? { if case .service(let service) = kind { service.retry.on } else { nil } }
}

extension String {
  private static let errorCodes = [
    "network", "timeout", "signal", "config", "sandbox", "output", "expression", "nobody", "no-branch", "calendar",
    "runaway", "child.failed", CallStep.refused,
  ]

  fileprivate func isErrorCode(takesStar: Bool) -> Bool {
    if Self.errorCodes.contains(self) { return true }
    let parts = split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, ["http", "exit"].contains(parts[0]) else { return false }
    let number = takesStar && parts[1].hasSuffix("*") ? parts[1].dropLast() : parts[1]
    let isNumber = number.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let isWhole = number.count == parts[1].count
    return isNumber && (!isWhole || parts[0] == "exit" ? !parts[1].isEmpty : number.count == 3)
  }

  fileprivate var meantErrorCode: String? {
    if hasSuffix("*") { return "here each code is written out; leave out 'code' for every error" }
    if count == 3, utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return "did you mean 'http.\(self)'?" }
    return Spelling.nearest(to: self, among: Self.errorCodes).map { "did you mean '\($0)'?" }
      ?? "codes are http.503, exit.2, network, timeout, …"
  }
}
