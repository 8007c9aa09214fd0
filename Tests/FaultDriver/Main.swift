import Foundation

/// A client with a record of its own, made to be killed: what it was told goes to a ledger as it happens.
///
///     faultdriver found FOLDER                       a workflow repository, deployed
///     faultdriver work FOLDER LEDGER [OPTION..]      runs instances and notes every answer
///     faultdriver tell FOLDER                        what the record says, as the product reads it
///     faultdriver reopen [--bug NAME] FOLDER..       recovers each record, adds to it, says what it found
@main
struct FaultDriver {
  static func main() async throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    guard !arguments.isEmpty else { throw Misuse() }
    switch arguments.removeFirst() {
    case "found": try await Office.found(at: arguments[0])
    case "work":
      let options = try Options(Array(arguments.dropFirst(2)))
      let ledger = try Ledger(arguments[1])
      exit(try await Shift(folder: arguments[0], ledger: ledger, options: options).work())
    case "tell": try Telling(folder: arguments[0]).tell()
    case "reopen":
      let options = try Options(Array(arguments.prefix { $0 != "--" }))
      for folder in arguments.drop(while: { $0 != "--" }).dropFirst() {
        print("\(folder)\t\(await Reopening(folder: folder, options: options).words())")
      }
    default: throw Misuse()
    }
  }
}

struct Misuse: Error {}

/// What a run is asked to do, and what is to go wrong.
struct Options {
  var lives = 2
  var callers = 1
  var seed = 1
  var bug: Bug?
  var rollsUp = false
  var killAt: Int?
  var fault: InjectedFault?
  /// Keys whose outcome the last run did not hear: asked again first.
  var retries: [String] = []

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      if option == "--roll-up" {
        rollsUp = true
        continue
      }
      guard let value = rest.popFirst() else { throw Misuse() }
      switch option {
      case "--lives": lives = Int(value) ?? lives
      case "--callers": callers = Int(value) ?? callers
      case "--seed": seed = Int(value) ?? seed
      case "--kill": killAt = Int(value)
      case "--fault": fault = InjectedFault(value)
      case "--retry": retries = value.split(separator: ",").map(String.init)
      case "--bug":
        guard let known = Bug(rawValue: value) else { throw Misuse() }
        bug = known
      default: throw Misuse()
      }
    }
  }
}
