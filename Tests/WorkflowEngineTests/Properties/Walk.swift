import CEL

@testable import WorkflowEngine

/// A random life of an instance: every command is followed by a look at everything that must always hold.
struct Walk {
  private(set) var workflow: Workflow
  var context: Context
  private var replayed: Instance?
  private var instance: Instance?
  private(set) var entries: [Entry] = []
  var random: SeededRandom
  /// What did not hold.
  private(set) var faults: [String] = []
  /// A join that can get no more branches.
  private(set) var isStarved = false
  private(set) var commands = 0

  /// Whether it changes its version on the way.
  let migrates: Bool

  init(_ workflow: Workflow, seed: UInt64, migrates: Bool = false) {
    self.migrates = migrates
    var bench = Bench([.end()])
    bench.workflow = workflow
    bench.callees["test/child"] = Leaf.callee
    self.workflow = workflow
    context = bench.context
    random = SeededRandom(seed: seed)
  }

  mutating func go(atMost most: Int) {
    take(.start(InstanceID(name: "random", number: 1), input: [:]))
    while commands < most, let instance, !instance.status.isEnded, faults.isEmpty, !isStarved {
      if random.once(in: 6) {
        let (principal, action) = nonsense(instance)
        take(action, by: principal)
        continue
      }
      // What is being taken back is taken back under the version that did it.
      if migrates, instance.undoing == nil, random.once(in: 8) { migrate(instance) }
      guard let instance = self.instance, let (principal, action) = sensible(instance) else {
        if !isStarved { faults.append("nothing can be done any more, and it has not ended") }
        break
      }
      if let refused = take(action, by: principal) {
        faults.append("\(action) by \(principal) was refused: \(refused.message)")
      }
    }
    if Instance.fold(entries) != instance { faults.append("the fold of the whole timeline is not the live state") }
    do throws(Incoherence) {
      _ = try Instance.checkedFold(entries)
    } catch {
      faults.append("a good timeline is found incoherent: \(error)")
    }
    faults += Lawfulness.offences(in: entries).map { "a good timeline is found unlawful: \($0.words)" }
  }

  /// Goes on under a version that means the same and calls every step otherwise, but those whose work is given out.
  private mutating func migrate(_ instance: Instance) {
    let held = Set(
      instance.visits.filter { visit in
        switch visit.work {
        case .job, .call: true
        default: false
        }
      }.map(\.step))
    let version = instance.version + 1
    let name = { (id: StepID) in held.contains(id) ? id : "\(id.split(separator: "_")[0])_\(version)" }
    var next = workflow.renamed(name)
    var migration = Migration()
    for step in workflow.steps where name(step.id) != step.id { migration.steps[step.id] = name(step.id) }
    next.migration = migration
    let successor = DeployedWorkflow(workflow: next, version: version, digest: "d\(version)")
    context.callee = { $0 == "test/child" ? Leaf.callee : successor }
    if let refused = take(.follow) {
      return faults.append("the same under other names does not fit: \(refused.message)")
    }
    workflow = next
    context.definition = successor
  }

  @discardableResult
  private mutating func take(_ action: Command.Action, by principal: PersonID = "anna") -> Rejection? {
    commands += 1
    do throws(Rejection) {
      let (new, after) = try Engine.decide(
        Command(by: principal, action), on: instance, in: context)
      for entry in new { Instance.evolve(&replayed, entry) }
      entries += new
      instance = after
      if replayed != after { faults.append("the replay differs from the live state after \(action)") }
      if replayed?.owed != after.owed { faults.append("what is owed differs after \(action)") }
      faults += after.faults.map { "\($0) after \(action)" }
      isStarved = after.visits.contains { $0.incident?.code == "join" }
      return nil
    } catch {
      return error
    }
  }
}
