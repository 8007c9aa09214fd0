import Glibc

/// The two streams of a command line tool.
enum Terminal {
  enum Stream: Int32 { case standardOutput = 1, standardError = 2 }

  /// A line of data.
  static func out(_ line: String) { write(line + "\n", to: .standardOutput) }

  /// Text that brings its own line breaks.
  static func outExactly(_ text: String) { write(text, to: .standardOutput) }

  /// A line that is no data: progress, remarks, what to do next.
  static func note(_ line: String) { write(line + "\n", to: .standardError) }

  /// What to do next, as one quiet line.
  static func next(_ line: String) { note(Style.quiet(line, on: .standardError)) }

  /// All of it, unless nobody reads any more.
  private static func write(_ text: String, to stream: Stream) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(stream.rawValue, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      bytes.removeFirst(written)
    }
  }

  static func isInteractive(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Cells in a line of the terminal; generous where there is none.
  static let width: Int = {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 160 }
    return Int(size.ws_col)
  }()
}

/// Colour, where a person looks and has not asked for none (https://no-color.org).
enum Style {
  static func isColoured(_ stream: Terminal.Stream) -> Bool {
    guard getenv("NO_COLOR").map({ $0.pointee == 0 }) ?? true else { return false }
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
    return !isDumb && Terminal.isInteractive(stream)
  }

  static func bold(_ text: String, on stream: Terminal.Stream = .standardOutput) -> String { paint(text, "1", stream) }
  static func quiet(_ text: String, on stream: Terminal.Stream = .standardOutput) -> String { paint(text, "2", stream) }
  static func good(_ text: String, on stream: Terminal.Stream = .standardOutput) -> String { paint(text, "32", stream) }
  static func bad(_ text: String, on stream: Terminal.Stream = .standardOutput) -> String {
    paint(text, "1;31", stream)
  }
  static func warm(_ text: String, on stream: Terminal.Stream = .standardOutput) -> String { paint(text, "33", stream) }

  private static func paint(_ text: String, _ code: String, _ stream: Terminal.Stream) -> String {
    isColoured(stream) && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
