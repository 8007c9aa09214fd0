/// What every format says in the same words.
extension Impact {
  /// What has to be known beside the workflows.
  var feet: [String] {
    (isRefused && !changes.isEmpty ? ["there are errors, so nothing of it would be deployed"] : [])
      + (isRecordKnown || changes.isEmpty ? [] : ["no record is here, so nothing is known of what runs"])
  }
}

extension WorkflowChange {
  var headline: String {
    switch kind {
    case .new: "is new"
    case .retired: "is retired: nothing new starts, what runs goes on"
    case .renamed: "is the new name of \(formerName ?? "")" + (version.map { ": version \($0)" } ?? "")
    case .changed: "changes its meaning" + (version.map { ": version \($0)" } ?? "")
    }
  }

  /// `3 instances run`, `1 instance runs`.
  var count: String { Self.counted(running, "instance") + (running == 1 ? " runs" : " run") }

  static func counted(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}

extension StepChanges {
  /// What happened, and to which steps; nothing where all steps are what they were.
  var rows: [(what: String, steps: [String])] {
    [("new", added), ("changed", changed), ("gone", removed)].filter { !$0.1.isEmpty }
  }
}

extension InstanceGroup {
  static let shown = 5

  /// The first few by name; how many there are besides.
  var names: String {
    let first = instances.prefix(Self.shown).map(\.description).joined(separator: ", ")
    return instances.count <= Self.shown ? first : "\(first) and \(instances.count - Self.shown) more"
  }

  var verdict: String {
    switch fate {
    case .stays: stay
    case .moves(let to, _, _): instances.count == 1 ? "moves to \(Self.joined(to))" : "move to \(Self.joined(to))"
    case .misfits: "\(stay), \(instances.count == 1 ? "does" : "do") not fit"
    }
  }

  private var stay: String { instances.count == 1 ? "stays on version \(version)" : "stay on version \(version)" }

  /// What a reviewer has to know of them besides.
  var remarks: [String] {
    switch fate {
    case .stays: []
    case .moves(_, let past, let incidents):
      past.map { "past the approval '\($0)', as past-approvals allows" }
        + incidents.prefix(Self.shown).map { "needs an operator then: \($0)" }
    case .misfits(let reasons):
      reasons.prefix(Self.shown)
        + (reasons.count > Self.shown ? ["and \(reasons.count - Self.shown) more reasons"] : [])
    }
  }

  static func joined(_ steps: [String]) -> String { steps.isEmpty ? "its end" : steps.joined(separator: " and ") }
}
