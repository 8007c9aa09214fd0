/// Where in the file things stand.
extension Step {
  /// Where a level stands: a single level may be written directly on the step, and is then called after it.
  func path(ofLevel index: Int, of approval: ApprovalStep) -> [PathElement] {
    let isDirect = approval.levels.count == 1 && approval.levels[0].name == id
    return isDirect ? approvalRoot : approvalRoot + ["levels", .index(index)]
  }

  /// The approval that it is or, as a state, holds.
  var approval: ApprovalStep? {
    switch kind {
    case .approval(let approval): approval
    case .state(let state): state.approval
    default: nil
    }
  }

  var approvalRoot: [PathElement] {
    if case .state = kind { root + ["approval"] } else { root }
  }
}
