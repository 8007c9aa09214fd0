import Logging
import WorkflowRunner

/// Does everything that is due, until nothing is: what a server would have done by now.
struct Errands {
  let record: OpenRecord

  func run() async {
    let (runner, logger) = (record.runner, Logger(label: "writ"))
    let before = runner.snapshot.sequence
    let watcher = Watcher(runner: runner, repository: record.place.repository, logger: logger)
    await watcher.fetch()
    await watcher.look()
    let intake = Intake(runner: runner, repository: record.place.repository, logger: logger)
    let timekeeper = Timekeeper(runner: runner, logger: logger)
    let dispatcher = Dispatcher(runner: runner, performer: Serving.outside(record, logger), logger: logger)
    await record.noteRedeliveries()
    var seen = -1
    // Each round may make new work; a round without a new batch has found nothing.
    while seen != runner.snapshot.sequence {
      seen = runner.snapshot.sequence
      await intake.step()
      await timekeeper.fireDue()
      await dispatcher.drain()
    }
    let done = runner.snapshot.sequence - before
    Terminal.note(done == 0 ? "nothing was due" : "done: \(Words.count(done, "batch", "batches"))")
  }
}
