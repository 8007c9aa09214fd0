import GitStore
import Glibc
import Synchronization

/// `eio@7`: the seventh call fails; `enospc@7+`: it and all after it; `sync-eio@7+`: the syncs among them.
struct InjectedFault: Sendable {
  var fault: Disk.Fault
  var onlySyncs = false
  var at: Int
  var stays: Bool

  init?(_ text: String) {
    let parts = text.split(separator: "@")
    guard parts.count == 2 else { return nil }
    stays = parts[1].hasSuffix("+")
    guard let at = Int(stays ? parts[1].dropLast() : parts[1]) else { return nil }
    self.at = at
    switch parts[0] {
    case "eio": fault = .fails(EIO)
    case "sync-eio":
      fault = .fails(EIO)
      onlySyncs = true
    case "eio-after": fault = .failsAfterwards(EIO)
    case "enospc": fault = .fails(ENOSPC)
    case "erofs": fault = .fails(EROFS)
    case "eintr": fault = .fails(EINTR)
    case "short": fault = .writesAtMost(3)
    default: return nil
    }
  }
}

extension InjectedFault {
  func strikes(_ call: Disk.Call, _ number: Int) -> Bool {
    (number == at || stays && number > at) && (!onlySyncs || call == .sync)
  }
}

/// Everything that is to go wrong in a run, as the store's disk sees it: the planted bug, the fault, the end.
final class Faults: Sendable {
  private let calls = Mutex(0)
  private let killAt: Int?
  private let fault: InjectedFault?
  private let planted: PlantedBug?

  init(_ options: Options, _ folder: String) {
    killAt = options.killAt
    fault = options.fault
    planted = options.bug.map { PlantedBug($0, git: folder + "/state/.git") }
  }

  var plan: Disk.Plan { { [self] call, path in decide(call, path) } }

  private func decide(_ call: Disk.Call, _ path: String) -> Disk.Fault? {
    let number = calls.withLock { calls in
      calls += 1
      return calls
    }
    if number == killAt { kill(getpid(), SIGKILL) }
    var chosen: Disk.Fault?
    if let fault, fault.strikes(call, number) { chosen = fault.fault }
    return planted?.decide(call, path, chosen) ?? chosen
  }
}
