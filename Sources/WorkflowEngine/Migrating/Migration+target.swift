extension Migration {
  /// Whether it speaks about instances of a version.
  package func admits(_ version: Int) -> Bool { from.isEmpty || from.contains(version) }

  /// What an old step is called now, for what has been there: a step that is still there has its name.
  func name(of id: StepID, in new: Workflow) -> StepID { new.step(id) == nil ? steps[id] ?? id : id }

  /// What becomes of an old step.
  enum Target: Sendable, Hashable {
    case step(Step)
    case dropped
    /// Why it is nowhere.
    case none(String)
  }

  /// The step that stands for an old one: the one that is named, else the same id and type.
  func target(of id: StepID, from old: Workflow, to new: Workflow) -> Target {
    if let named = steps[id] {
      return new.step(named).map { .step($0) } ?? .none("'\(id)' goes to '\(named)', which is no step")
    }
    if drop.contains(id) { return .dropped }
    guard let same = new.step(id) else {
      return .none("there is no step '\(id)' any more; 'migrate' maps it with 'steps' or ends its branch with 'drop'")
    }
    guard let before = old.step(id), before.type == same.type else {
      return .none(
        "'\(id)' is now a \(same.type) and was a \(old.step(id)?.type ?? "step that is unknown"); "
          + "'migrate.steps' says what is meant")
    }
    return .step(same)
  }
}
