import Foundation

/// The processes of this machine.
enum Processes {
  /// Whether those whose command lines are such are gone, or go within two seconds: the kernel takes its time.
  static func end(where isSuch: (String) -> Bool) async -> Bool {
    for _ in 0..<100 {
      if !commandLines.contains(where: isSuch) { return true }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  private static var commandLines: [String] {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return folders.filter { Int($0) != nil }.compactMap { FileManager.default.contents(atPath: "/proc/\($0)/cmdline") }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
