/// Where in the file things stand.
extension Step {
  /// Where a level stands: a single level may be written directly on the step, and is then called after it.
  func path(ofLevel index: Int, of approval: ApprovalStep) -> [PathElement] {
    let isDirect = approval.levels.count == 1 && approval.levels[0].name == id
    return isDirect ? approvalRoot : approvalRoot + ["levels", .index(index)]
  }

  /// The approval that it is or, as a state, holds.
  package var approval: ApprovalStep? {
    switch kind {
    case .approval(let approval): approval
    case .state(let state): state.approval
    default: nil
    }
  }

  /// Everything that it may write: its own `set`, and those of its moves.
  var assignments: [Assignment] {
    guard case .state(let state) = kind else { return set }
    return set + state.moves.flatMap(\.set)
  }

  /// Where one of its moves stands: several may share a name.
  func path(ofMove index: Int, of state: StateStep) -> [PathElement] {
    let path: [PathElement] = root + ["moves", .key(state.moves[index].name)]
    let namesakes = state.moves.indices.filter { state.moves[$0].name == state.moves[index].name }
    guard namesakes.count > 1, let number = namesakes.firstIndex(of: index) else { return path }
    return path + [.index(number)]
  }

  /// Where the variable is written.
  func path(ofSet name: String) -> [PathElement] {
    if case .state(let state) = kind, !set.contains(where: { $0.name == name }),
      let index = state.moves.firstIndex(where: { $0.set.contains { $0.name == name } })
    {
      return path(ofMove: index, of: state) + ["set", .key(name)]
    }
    return approvalRoot + ["set", .key(name)]
  }

  var approvalRoot: [PathElement] {
    if case .state = kind { root + ["approval"] } else { root }
  }
}
