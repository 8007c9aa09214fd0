import Foundation
package import GitStore
package import Logging
package import ServiceLifecycle
import WorkflowEngine
import WorkflowFiles

/// Shows the files of the record in `state/`, for people with an editor: live files and the latest archived ones.
///
/// A cache that may lag and is never read back. It replaces atomically, and never touches a file that it did not
/// write: one whose bytes are not those of the commit that was shown last.
package struct Display: Service {
  private let runner: Runner
  private let folder: URL
  private let logger: Logger
  static let archivedShown = 1_000
  /// How much longer it rests than it works.
  private static let rest = 20

  /// - Parameter folder: `state/`.
  package init(runner: Runner, folder: String, logger: Logger) {
    self.runner = runner
    self.folder = URL(fileURLWithPath: folder, isDirectory: true)
    self.logger = logger
  }

  package func run() async {
    for await _ in ticks(of: runner, every: .seconds(1)).cancelOnGracefulShutdown() {
      let time = ContinuousClock().measure {
        do { try show() } catch { logger.warning("the files of the record could not be shown: \(error)") }
      }
      // Changes that come meanwhile are shown together, and while there are many, showing takes a small part of the time.
      try? await Task.sleep(for: max(.milliseconds(300), time * Self.rest))
    }
  }

  /// Brings what is shown up to the tip.
  package func show() throws {
    guard let tip = runner.store.tip, let last = lastShown(), tip != last.commit else { return }
    let now = try runner.store.snapshot(tip)
    let before = try last.commit.map { try runner.store.snapshot($0) }
    for change in try now.changes(since: before) where isShown(change.path) {
      try replace(change.path, old: change.old.map { try now.blob($0.id) }, new: change.new.map { try now.blob($0.id) })
    }
    try note(tip)
  }

  private func isShown(_ path: String) -> Bool {
    guard case .instance(let id, _, .archive)? = StatePath(path) else { return !path.hasPrefix("requests/") }
    return id.number > runner.snapshot.nextNumber - Self.archivedShown
  }

  private func replace(_ path: String, old: [UInt8]?, new: [UInt8]?) throws {
    let file = folder.appending(path: path)
    let present = try? Data(contentsOf: file)
    if let present, let new, present.elementsEqual(new) { return }
    if let present, !(old.map { present.elementsEqual($0) } ?? false) { return }
    guard let new else {
      if present != nil { try remove(file) }
      return
    }
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(new).write(to: file, options: .atomic)
  }

  /// The file, and the folders that are empty without it.
  private func remove(_ file: URL) throws {
    try FileManager.default.removeItem(at: file)
    var parent = file.deletingLastPathComponent()
    while parent.path.count > folder.path.count,
      try FileManager.default.contentsOfDirectory(atPath: parent.path).isEmpty
    {
      try FileManager.default.removeItem(at: parent)
      parent.deleteLastPathComponent()
    }
  }

  // MARK: What is shown

  private struct Shown {
    var commit: ObjectID?
  }

  private var readme: URL { folder.appending(path: "README.md") }
  private static let mark = "Shown here is commit "

  /// Which commit is shown; `nil` where somebody else's README stands, and with it nothing is shown.
  private func lastShown() -> Shown? {
    guard let text = try? String(contentsOf: readme, encoding: .utf8) else { return Shown(commit: nil) }
    guard let line = text.split(separator: "\n").last, line.hasPrefix(Self.mark) else { return nil }
    return Shown(commit: ObjectID(hex: line.dropFirst(Self.mark.count).prefix(40)))
  }

  private func note(_ commit: ObjectID) throws {
    let text = """
      # The record

      These files show the record as it lies in git here (`state/.git`), which the runner alone writes. They are for
      reading: what is changed here is neither read nor kept. The whole story: `git -C state log --stat`.

      \(Self.mark)\(commit).

      """
    try Data(text.utf8).write(to: readme, options: .atomic)
  }
}
