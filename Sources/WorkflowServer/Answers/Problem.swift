import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowRunner

/// A refusal as HTTP tells it (RFC 9457): a code for programs, a sentence and a remedy for people.
struct Problem: Error, Sendable {
  var status: HTTPResponse.Status
  /// Stable: `invalid`, `not-allowed`, `not-found`, `closed`, `stale`, ...
  var code: String
  var message: String
  var hint: String?
  var violations: [Rejection.Violation] = []
  /// Seconds after which a repetition may succeed.
  var retryAfter: Int?
  /// The methods that the path takes, where the request had another.
  var allowed: [String] = []

  init(status: HTTPResponse.Status, code: String, _ message: String, hint: String? = nil) {
    self.status = status
    self.code = code
    self.message = message
    self.hint = hint
  }

  init(_ rejection: Rejection) {
    self.init(status: rejection.code.status, code: rejection.code.rawValue, rejection.message, hint: rejection.hint)
    violations = rejection.violations
    if rejection.code == .busy { retryAfter = 1 }
  }

  init(_ error: SubmitError) {
    switch error {
    case .refused(let rejection): self.init(rejection)
    case .notDone(let why):
      self.init(
        status: .serviceUnavailable, code: "not-done", "nothing was done: \(why)", hint: "repeat the request")
      retryAfter = 1
    case .outcomeUnknown(let why):
      self.init(
        status: .internalServerError, code: "outcome-unknown", "it is not known whether this was done: \(why)",
        hint: "repeat it with the same Idempotency-Key; it then happens once")
    }
  }
}

extension Rejection.Code {
  var status: HTTPResponse.Status {
    switch self {
    case .invalid: .unprocessableContent
    case .notAllowed: .forbidden
    case .notFound: .notFound
    case .closed, .stale, .ambiguous, .conflict: .conflict
    case .busy: .serviceUnavailable
    }
  }
}

extension SubmitError {
  /// The violations of a form that was refused, for showing it again; `nil` when it is about something else.
  var invalid: Rejection? {
    guard case .refused(let rejection) = self, rejection.code == .invalid else { return nil }
    return rejection
  }
}
