import CEL
import Logging

/// The log as people read it at a terminal and in a journal: time, words, what belongs to them.
struct ConsoleLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  /// Our own parts speak; libraries only when something is wrong.
  init(label: String) {
    logLevel = label == "writ" ? .info : .error
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let more = all.map { " \($0.key)=\($0.value)" }.joined()
    let mark =
      switch event.level {
      case .critical, .error: Style.bad("error: ", on: .standardError)
      case .warning: Style.warm("warning: ", on: .standardError)
      default: ""
      }
    let time = String(TimeWords.moment(.current).suffix(5))
    Terminal.note(
      "\(Style.quiet(time, on: .standardError)) \(mark)\(event.message)\(Style.quiet(more, on: .standardError))")
  }
}
