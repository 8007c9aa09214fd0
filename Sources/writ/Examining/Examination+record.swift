import Foundation
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// The record: there, unlocked or served, whole, and safe from 'git gc'.
extension Examination {
  func record(_ place: Place) -> [Finding] {
    guard place.hasRecord else {
      return [Finding(.remark, "record", "nothing is deployed here yet", remedy: "writ serve")]
    }
    return [server(place)] + (place.isBare ? [] : [excluded(place)]) + [whole(place), guarded(place)] + rewritten(place)
  }

  private func server(_ place: Place) -> Finding {
    let holder = StateStore.holder(at: place.state)
    if let address = holder.address {
      let isAlive = holder.pid.map { kill($0, 0) == 0 || errno == EPERM } ?? false
      return isAlive
        ? Finding(.good, "server", "\(holder.description)")
        : Finding(
          .remark, "server", "a server at \(address) ended without closing; nothing is lost", remedy: "writ serve")
    }
    return Finding(.good, "server", "none runs; verbs work on the record directly")
  }

  private func excluded(_ place: Place) -> Finding {
    let ignored =
      try? GitProgram(folder: place.folder).outcome(["check-ignore", "--quiet", "--", "state/x"]).status == 0
    return ignored == true
      ? Finding(.good, "exclude", "state/ is kept out of the workflow repository")
      : Finding(
        .bad, "exclude", "git would commit state/ as a link",
        remedy: "echo /state/ >> \(place.repository.gitFolder)/info/exclude")
  }

  private func whole(_ place: Place) -> Finding {
    let outcome = try? GitProgram(folder: place.state).outcome([
      "fsck", "--connectivity-only", "--no-dangling", "--no-progress",
    ])
    return outcome?.status == 0
      ? Finding(.good, "record", "every object is there; all of it: writ verify")
      : Finding(.bad, "record", outcome?.errors ?? "cannot be read", remedy: "writ verify -C \(place.folder)")
  }

  /// Intake stands still, with or without a server.
  private func rewritten(_ place: Place) -> [Finding] {
    guard let view = try? RecordView(of: place.state), let tip = view.tip,
      let snapshot = try? view.repository.snapshot(tip),
      let runner = try? snapshot.read(StateLayout.runner).map({ try RunnerFile($0) })
    else { return [] }
    let settings = (try? snapshot.read(StateLayout.deployed("writ.yaml"))).flatMap { SettingsReader.read($0).content }
    guard settings?.usesInbox != false,
      let rewrite = Intake.rewrite(in: place.repository, remote: settings?.remote, cursors: runner.cursors)
    else { return [] }
    let alarm = rewrite.alarm(remote: settings?.remote)
    return [Finding(.bad, "inbox", alarm.words, remedy: alarm.remedy)]
  }

  private func guarded(_ place: Place) -> Finding {
    let config = { (key: String) in
      try? GitProgram(folder: place.state).outcome(["config", "--get", key]).output
    }
    return config("gc.auto") == "0" && config("extensions.preciousobjects") == "true"
      ? Finding(.good, "gc", "'git gc' leaves the record alone")
      : Finding(
        .bad, "gc", "'git gc' could prune the record",
        remedy: "git -C \(place.state) config gc.auto 0 && git -C \(place.state) config extensions.preciousObjects true"
      )
  }
}
