import CEL
import Foundation
import GitStore
import WorkflowEngine
import WorkflowRunner

/// One run of the client: lives are lived until all are done or the record refuses more.
struct Shift {
  let folder: String
  let ledger: Ledger
  let options: Options

  /// The exit code: 0 when the record was closed, 70 when the process has to begin anew, 71 when it did not open.
  func work() async throws -> Int32 {
    let store: StateStore
    let runner: Runner
    do {
      store = try StateStore.open(at: folder + "/state", disk: Disk(plan: Faults(options, folder).plan))
      runner = try Office.runner(on: options.bug.map { BuggyRecord(store, $0) } ?? store as any RecordStore)
    } catch {
      ledger.note("closed:", "\(error)".replacing("\n", with: " "))
      return 71
    }
    ledger.note("open")
    let mustStop = await lives(runner, store)
    if mustStop { return 70 }
    do { try store.close() } catch { return 70 }
    ledger.note("close")
    return 0
  }

  private func lives(_ runner: Runner, _ store: StateStore) async -> Bool {
    let names = options.retries + (0..<options.lives).map { "s\(options.seed)-\($0)" }
    return await withTaskGroup(of: Bool.self) { group in
      for caller in 0..<options.callers {
        group.addTask {
          for place in stride(from: caller, to: names.count, by: options.callers) {
            if await Life(marker: names[place], runner: runner, ledger: ledger, bug: options.bug).live() { return true }
            if options.rollsUp, caller == 0 { _ = try? store.rollUp() }
          }
          return false
        }
      }
      return await group.reduce(false) { $0 || $1 }
    }
  }
}

/// One instance brought to its end: a start, a result, a decision; each is asked once and its answer noted.
struct Life {
  let marker: String
  let runner: Runner
  let ledger: Ledger
  let bug: Bug?

  /// Whether the process has to begin anew.
  func live() async -> Bool {
    let start = Request.Verb.start(workflow: "order", input: ["marker": .string(marker)])
    let (started, mustStop) = await ask("start", by: "anna", start)
    guard let number = started?.instance?.id.number else { return mustStop }
    let charged = Command.Action.jobDone(step: "charge", visit: 1, attempt: 1, result: ["status": 200])
    let (done, stopsThen) = await ask("charge", by: "system:dispatcher", .act(number, charged))
    guard done != nil else { return stopsThen }
    return await ask("approve", by: "bob", .act(number, .decide(Command.Decide(.approve)))).mustStop
  }

  private func ask(
    _ what: String, by person: PersonID, _ verb: Request.Verb
  ) async -> (receipt: Receipt?, mustStop: Bool) {
    let key = bug == .forgetsKeys ? UUID().uuidString : "\(marker)/\(what)"
    ledger.note("ask", marker, what)
    if bug == .answersEarly { ledger.note("ack", marker, what) }
    do throws(SubmitError) {
      let receipt = try await runner.submit(Request(by: person, key: key, verb))
      ledger.note("ack", marker, what)
      return (receipt, false)
    } catch {
      switch error {
      case .refused: ledger.note("refused", marker, what)
      case .notDone: ledger.note(bug == .acknowledgesFailure ? "ack" : "not-done", marker, what)
      case .outcomeUnknown:
        ledger.note("unknown", marker, what)
        return (nil, true)
      }
      return (nil, false)
    }
  }
}

/// A record that is opened again, and must take more.
struct Reopening {
  let folder: String
  let options: Options

  /// `ok`, or what is wrong.
  func words() async -> String {
    do {
      let store = try StateStore.open(at: folder + "/state", disk: Disk(plan: Faults(options, folder).plan))
      let runner = try Office.runner(on: store)
      let request = Request(by: "anna", key: "again", .start(workflow: "order", input: ["marker": "again"]))
      _ = try await runner.submit(request)
      try store.close()
      return "ok"
    } catch {
      return "\(error)".replacing("\n", with: " ")
    }
  }
}

/// Everything that the record holds, as the product reads it.
struct Telling {
  let folder: String

  func tell() throws {
    let store = try StateStore.open(at: folder + "/state")
    let runner = try Office.runner(on: store)
    for number in 1..<runner.snapshot.nextNumber {
      print(number, try runner.instance(number).map { "\($0.input) \($0.status) \($0.events)" } ?? "gone")
      for entry in try runner.timeline(of: number) { print(number, entry.number, entry.event) }
    }
    try store.close()
  }
}
