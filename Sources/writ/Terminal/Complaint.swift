import GitStore
import WorkflowEngine
import WorkflowRunner

/// What went wrong, in one sentence with a remedy.
struct Complaint: Error {
  var status: ExitStatus
  /// Without a full stop.
  var message: String
  var hint: String?
  /// Lines that belong to it: fields of a form that was refused.
  var details: [String] = []

  init(_ status: ExitStatus, _ message: String, hint: String? = nil, details: [String] = []) {
    self.status = status
    self.message = message
    self.hint = hint
    self.details = details
  }

  /// An error of a room below, with its exit code.
  init(anything error: any Error) {
    switch error {
    case let complaint as Complaint: self = complaint
    case StoreError.held(let holder):
      self.init(
        .conflict, "the record is in use by \(holder)", hint: "try again when it has finished, or go through it")
    case let error as StoreError: self.init(.remoteFailed, error.description, hint: "writ doctor looks for the cause")
    case RepositoryError.notARepository(let path):
      self.init(.notFound, "there is no git repository at \(path)", hint: "begin one here with: writ init")
    case let error as RepositoryError: self.init(.remoteFailed, error.description)
    case let error as SubmitError: self.init(error)
    default: self.init(.remoteFailed, "\(error)")
    }
  }

  private init(_ error: SubmitError) {
    switch error {
    case .refused(let rejection): self.init(.refused, rejection.message, hint: rejection.hint)
    case .notDone(let why):
      self.init(.remoteFailed, "nothing was done: \(why)", hint: "writ doctor looks for the cause")
    case .outcomeUnknown(let why):
      self.init(.remoteFailed, "it is not known whether this was done: \(why)", hint: "look with: writ ls")
    }
  }

  func write() {
    Terminal.note("\(Style.bad("error:", on: .standardError)) \(message)")
    for detail in details { Terminal.note("  \(detail)") }
    if let hint { Terminal.note("\(Style.quiet("hint:", on: .standardError)) \(hint)") }
  }
}
