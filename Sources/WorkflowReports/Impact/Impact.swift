package import WorkflowEngine

/// What a change of the files does: whose meaning changes, and what becomes of every instance that runs.
package struct Impact: Sendable, Hashable {
  /// By name; a workflow that means what it meant is not here.
  package var changes: [WorkflowChange]
  /// Whether a record was there to look at; without one nothing is known of what runs.
  package var isRecordKnown: Bool
  /// Whether errors keep all of it from being deployed; then nothing moves.
  package var isRefused = false

  package init(changes: [WorkflowChange], isRecordKnown: Bool) {
    self.changes = changes
    self.isRecordKnown = isRecordKnown
  }
}

/// What becomes of one workflow and of its running instances.
package struct WorkflowChange: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case new, changed, renamed, retired
  }

  package var name: String
  package var kind: Kind
  /// What it was called before.
  package var formerName: String?
  /// The number that the new meaning will have; `nil` where it is retired, or no record is known.
  package var version: Int?
  package var steps: StepChanges
  /// Running instances that stand alike, by version and place.
  package var groups: [InstanceGroup] = []

  package var running: Int { groups.reduce(0) { $0 + $1.instances.count } }
}

/// Steps by what happened to them, in order of id.
package struct StepChanges: Sendable, Hashable {
  package var added: [StepID] = []
  package var changed: [StepID] = []
  package var removed: [StepID] = []

  package init() {}

  init(from old: Workflow, to new: Workflow) {
    let (old, new) = (old.meaning, new.meaning)
    added = new.steps.map(\.id).filter { old.step($0) == nil }
    removed = old.steps.map(\.id).filter { new.step($0) == nil }
    changed = new.steps.filter { step in old.step(step.id).map { $0 != step } ?? false }.map(\.id)
  }
}

/// Instances of one version that stand at the same steps and have the same before them.
package struct InstanceGroup: Sendable, Hashable {
  package var version: Int
  /// Where they wait, in order of id: several of a fork.
  package var steps: [StepID]
  package var fate: InstanceFate
  /// In order of number.
  package var instances: [InstanceID]
}

/// What a new version means for a running instance.
package enum InstanceFate: Sendable, Hashable {
  /// It ends on the version that it began with.
  case stays
  /// `migrate:` moves it: where it stands then, the approvals that it passes, and what an operator would have to mend.
  case moves(to: [StepID], past: [StepID], incidents: [String])
  /// `migrate:` would move it, and it does not fit: why, item by item.
  case misfits([String])
}
