import CEL

/// Which steps write and read each variable.
struct VariableUse: Sendable {
  var writers: [Int] = []
  var readers: [Int] = []
}

extension CheckSubject {
  /// By variable. An approval without `show` reads them all.
  var variableUse: [String: VariableUse] {
    var uses: [String: VariableUse] = [:]
    for (number, step) in workflow.steps.enumerated() {
      for assignment in step.assignments { uses[assignment.name, default: VariableUse()].writers.append(number) }
      if let approval = step.approval, approval.show == nil {
        for variable in workflow.variables { uses[variable.name, default: VariableUse()].readers.append(number) }
      }
    }
    for checked in expressions.checked {
      guard let step = checked.place.step else { continue }
      for reference in checked.references where reference.path.count > 1 && reference.path[0] == "vars" {
        uses[reference.path[1], default: VariableUse()].readers.append(step)
      }
    }
    return uses
  }
}
