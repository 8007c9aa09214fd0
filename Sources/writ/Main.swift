import ArgumentParser
import Glibc
import Logging

/// The entrance: parses the words, runs the verb, and turns whatever goes wrong into words and an exit code.
@main enum Main {
  static func main() async {
    // A reader that leaves early (`writ ls | head`) ends us quietly, also after a library has changed that.
    signal(SIGPIPE, SIG_DFL)
    LoggingSystem.bootstrap { ConsoleLog(label: $0) }
    do {
      var command = try Writ.parseAsRoot()
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch let status as ExitStatus {
      exit(status.rawValue)
    } catch let complaint as Complaint {
      complaint.write()
      exit(complaint.status.rawValue)
    } catch {
      exit(Self.end(with: error).rawValue)
    }
  }

  /// Help and versions go to stdout; a command line that was not understood, or a surprise, to stderr.
  private static func end(with error: any Error) -> ExitStatus {
    let text = Writ.fullMessage(for: error)
    switch Writ.exitCode(for: error) {
    case .success:
      Terminal.out(text)
      return .ok
    case .validationFailure:
      Terminal.note(text.hasPrefix("Error: ") ? "error: \(text.dropFirst(7))" : text)
      return .usage
    default:
      let complaint = Complaint(anything: error)
      complaint.write()
      return complaint.status
    }
  }
}
