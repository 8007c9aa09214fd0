package import WorkflowEngine

extension Impact {
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

  /// - Parameter running: `nil` where no record is known.
  package init(from old: [String: Workflow], to new: [String: Workflow], running: Running?) {
    let instances = Dictionary(grouping: running?.instances ?? [], by: \.workflow)
    let names = Set(old.keys).union(new.keys).sorted()
    changes = names.compactMap { name in
      guard var change = WorkflowChange(name, from: old[name], to: new[name]) else { return nil }
      if let running, let workflow = new[name] { change.version = running.number(of: workflow) }
      change.groups = InstanceGroup.groups(of: instances[name] ?? [])
      return change
    }
    isRecordKnown = running != nil
  }
}

extension Impact.Running {
  /// The version that a file is, or will be when it is deployed.
  fileprivate func number(of workflow: Workflow) -> Int {
    if let current = current[workflow.name], versions[workflow.name]?[current]?.workflow.meaning == workflow.meaning {
      return current
    }
    return (versions[workflow.name]?.keys.max() ?? 0) + 1
  }
}

extension WorkflowChange {
  /// `nil` where nothing changes its meaning.
  fileprivate init?(_ name: String, from old: Workflow?, to new: Workflow?) {
    self.name = name
    switch (old, new) {
    case (nil, nil): return nil
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

  fileprivate static func groups(of instances: [Instance]) -> [InstanceGroup] {
    let alike = Dictionary(grouping: instances) { instance in
      Key(version: instance.version, steps: instance.standing, fate: .stays)
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
