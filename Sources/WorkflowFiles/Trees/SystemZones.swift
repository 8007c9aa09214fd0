package import CEL
import Foundation
import Synchronization

/// The system's time zones, read from its TZif files once each.
package final class SystemZones: Sendable {
  private let folder: URL
  private let known = Mutex<[String: ZoneRules?]>([:])

  package init(folder: String = "/usr/share/zoneinfo") {
    self.folder = URL(fileURLWithPath: folder)
  }

  /// The rules of a zone by its IANA name; `nil` where the system knows none.
  package func rules(_ name: String) -> ZoneRules? {
    if name == "UTC" { return .utc }
    return known.withLock { known in
      if let rules = known[name] { return rules }
      let rules = read(name)
      known[name] = .some(rules)
      return rules
    }
  }

  /// Whether the system knows the zone; one that has no zones at all is not asked.
  package func has(_ name: String) -> Bool { rules(name) != nil || names.isEmpty }

  /// Those that people choose from, as `zone.tab` lists them.
  package var names: [String] {
    guard let text = try? String(contentsOf: folder.appending(path: "zone.tab"), encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let columns = line.split(separator: "\t")
      return columns.count > 2 ? String(columns[2]) : nil
    }
  }

  private func read(_ name: String) -> ZoneRules? {
    // A name is a path below the folder; it never leaves it.
    guard name.count < 64, !name.hasPrefix("/"), !name.split(separator: "/").contains(".."),
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-".contains($0)) }),
      let data = try? Data(contentsOf: folder.appending(path: name))
    else { return nil }
    return try? ZoneRules(tzif: [UInt8](data))
  }
}
