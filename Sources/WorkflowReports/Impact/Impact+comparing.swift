package import CEL
package import WorkflowEngine

extension Impact {
  /// What a migration is tried under.
  package struct Trial: Sendable {
    package var now: Timestamp
    package var policy: Policy
    /// SHA-256 of bytes, in hex.
    package var digest: @Sendable ([UInt8]) -> String

    package init(now: Timestamp, policy: Policy, digest: @escaping @Sendable ([UInt8]) -> String) {
      self.now = now
      self.policy = policy
      self.digest = digest
    }
  }

  /// What runs, as a record has it.
  package struct Running: Sendable {
    /// Every version, by workflow and number.
    package var versions: [String: [Int: DeployedWorkflow]]
    /// What new instances start on.
    package var current: [String: Int]
    /// Instances that have not ended.
    package var instances: [Instance]

    package init(versions: [String: [Int: DeployedWorkflow]], current: [String: Int], instances: [Instance]) {
      self.versions = versions
      self.current = current
      self.instances = instances
    }
  }

  /// - Parameters:
  ///   - running: `nil` where no record is known.
  ///   - trial: what the migrations of new versions are tried under, on every instance; `nil` where errors keep them from
  ///     being deployed.
  package init(from old: [String: Workflow], to new: [String: Workflow], running: Running?, trial: Trial?) {
    let instances = Dictionary(grouping: running?.instances ?? [], by: \.workflow)
    let names = Set(old.keys).union(new.keys).sorted()
    let renamed = Set(new.values.compactMap(\.renamedFrom)).subtracting(new.keys)
    changes = names.filter { !renamed.contains($0) }.compactMap { name in
      let former = new[name]?.renamedFrom.flatMap { new[$0] == nil ? $0 : nil }
      guard var change = WorkflowChange(name, from: old[name], to: new[name], renamedFrom: former.flatMap { old[$0] })
      else { return nil }
      let successor = new[name].flatMap { workflow in running.map { $0.successor(workflow) } }
      change.version = successor?.version
      let its = (instances[name] ?? []) + (former.flatMap { instances[$0] } ?? [])
      change.groups = InstanceGroup.groups(of: its) { instance in
        guard let trial, let successor, let before = running?.versions[instance.workflow]?[instance.version]
        else { return .stays }
        return trial.fate(of: instance, from: before, to: successor)
      }
      return change
    }
    isRecordKnown = running != nil
    isRefused = trial == nil
  }
}

extension Impact.Running {
  /// The version that a file is, or will be when it is deployed.
  fileprivate func successor(_ workflow: Workflow) -> DeployedWorkflow {
    if let current = current[workflow.name].flatMap({ versions[workflow.name]?[$0] }),
      current.workflow.meaning == workflow.meaning
    {
      return current
    }
    return DeployedWorkflow(workflow: workflow, version: workflow.nextVersion(after: versions), digest: "")
  }
}

extension Impact.Trial {
  /// What the engine itself would do: nothing is judged twice.
  package func fate(of instance: Instance, from old: DeployedWorkflow, to new: DeployedWorkflow) -> InstanceFate {
    guard let migration = new.workflow.migration, new.version > instance.version, migration.admits(instance.version)
    else { return .stays }
    let context = Context(
      now: now, definition: old, policy: policy,
      callee: { [instance.workflow, new.workflow.name].contains($0) ? new : nil }, digest: digest,
      seal: \.sealedOpenly)
    do throws(Rejection) {
      let moved = try Engine.decide(Command(by: "system:deployer", .follow), on: instance, in: context)
      let passed = moved.entries.lazy.compactMap { if case .migrated(let it) = $0.event { it.passed } else { nil } }
      let known = Set(instance.visits.compactMap(\.incident?.message))
      let incidents = moved.instance.visits.compactMap(\.incident?.message).filter { !known.contains($0) }
      return .moves(to: moved.instance.standing, past: passed.first ?? [], incidents: incidents)
    } catch {
      return .misfits(error.violations.isEmpty ? [error.message] : error.violations.map(\.message))
    }
  }
}

extension WorkflowChange {
  /// `nil` where nothing changes its meaning.
  fileprivate init?(_ name: String, from old: Workflow?, to new: Workflow?, renamedFrom former: Workflow?) {
    self.name = name
    switch (old, new) {
    case (nil, nil): return nil
    case (nil, let new?) where former != nil:
      (kind, steps) = (.renamed, former.map { StepChanges(from: $0, to: new) } ?? StepChanges())
      formerName = former?.name
    case (nil, _?): (kind, steps) = (.new, StepChanges())
    case (_?, nil): (kind, steps) = (.retired, StepChanges())
    case (let old?, let new?):
      guard old.meaning != new.meaning else { return nil }
      (kind, steps) = (.changed, StepChanges(from: old, to: new))
    }
  }
}

extension InstanceGroup {
  private struct Key: Hashable {
    var version: Int
    var steps: [StepID]
    var fate: InstanceFate
  }

  /// - Parameter fate: what becomes of each.
  package static func groups(
    of instances: [Instance], fate: (Instance) -> InstanceFate
  ) -> [InstanceGroup] {
    let alike = Dictionary(grouping: instances) { instance in
      Key(version: instance.version, steps: instance.standing, fate: fate(instance))
    }
    return alike.map { key, instances in
      InstanceGroup(
        version: key.version, steps: key.steps, fate: key.fate, instances: instances.map(\.id).sorted())
    }.sorted { left, right in
      guard left.version == right.version else { return left.version < right.version }
      return left.instances[0] < right.instances[0]
    }
  }
}

extension Instance {
  /// The steps at which it waits, in order of id.
  package var standing: [StepID] { Set(tokens.map(\.step)).sorted() }
}
