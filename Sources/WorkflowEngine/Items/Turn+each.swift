package import CEL

/// `each`: a visit of the step per item of a list, in a frame of its own.
extension Turn {
  /// Fixes the list. An empty one has nothing to wait for.
  mutating func open(_ each: Each, _ step: Step, _ place: Place) throws(StepFailure) {
    let list = try evaluation(of: step, at: place).value(of: each.list, "each.in")
    guard case .list(let items) = list else {
      throw StepFailure(code: "expression", message: "each.in: `\(each.list.source)` is not a list")
    }
    guard items.count <= Items.maximum else {
      throw StepFailure(
        code: "too-many", message: "each.in: \(items.count) items; 'each' takes at most \(Items.maximum)")
    }
    guard place.visit - 1 + items.count <= Self.visitsOfOneStep else { throw .runaway(step.id, place.visit) }
    guard !items.isEmpty else { return try leave(place, outcome: "done", output: .list([])) }
    emit(
      .eachOpened(
        EachOpened(
          step: step.id, visit: place.visit, token: place.token, frame: state.lastFrame + 1,
          items: items.map(\.stored))))
  }

  /// Enters the next item, or closes a frame whose items have all ended.
  ///
  /// - Returns: whether anything moved.
  mutating func advanceItems() -> Bool {
    for frame in state.frames {
      guard let items = frame.items, let step = frame.gateway.flatMap({ workflow.step($0) }) else { continue }
      if items.entered < items.list.count {
        guard items.open < step.each?.maxParallel ?? Items.maximum else { continue }
        enterItem(of: step, in: frame)
        return true
      }
      if items.open == 0 {
        gather(frame, step)
        return true
      }
    }
    return false
  }

  private mutating func enterItem(of step: Step, in frame: Frame) {
    let visit = (state.counts[step.id] ?? 0) + 1
    let place = Place(step: step.id, visit: visit, token: state.lastToken + 1)
    emit(.itemEntered(step: step.id, visit: visit, token: place.token, frame: frame.id))
    open(step, at: place)
  }

  /// Ends one item. What it leaves by is recorded; the step goes on when all have ended, or when `until` holds.
  mutating func endItem(
    _ place: Place, in frame: Frame, _ step: Step, outcome: Outcome, output: Value, by: PersonID?, reason: String?
  ) throws(StepFailure) {
    let output = output == .null ? [:] : output
    let isEnough = try holds(
      step.each?.until, after: ItemResult(outcome: outcome, output: output, by: by), at: place, in: frame, step)
    emit(
      .itemEnded(
        ItemEnded(
          step: step.id, visit: place.visit, token: place.token, outcome: outcome, output: output, by: by,
          reason: reason)))
    if isEnough, let frame = state.frames.first(where: { $0.id == frame.id }) { gather(frame, step) }
  }

  /// `until`, with the item that is about to end among those that have.
  private func holds(
    _ until: Formula?, after result: ItemResult, at place: Place, in frame: Frame, _ step: Step
  ) throws(StepFailure) -> Bool {
    guard let until, var items = frame.items, let item = state.item(of: place.token) else { return false }
    items.list[item].result = result
    var evaluation = evaluation(of: step, at: place)
    evaluation.setItems(items.ended, of: step)
    return try evaluation.truth(of: until, "each.until")
  }

  /// Cancels the items that are still open; the step as a whole is done.
  private mutating func gather(_ frame: Frame, _ step: Step) {
    guard let place = collapse(frame, step), let items = frame.items else { return }
    do throws(StepFailure) {
      try leave(place, outcome: "done", output: items.output)
    } catch {
      block(place, error)
    }
  }

  /// Closes the frame of an `each` with everything in it.
  private mutating func collapse(_ frame: Frame, _ step: Step) -> Place? {
    guard let items = frame.items else { return nil }
    let token = state.lastToken + 1
    emit(
      .gathered(
        step: step.id, visit: items.visit, frame: frame.id, token: token, cancelled: openVisits(in: frame.id)))
    return Place(step: step.id, visit: items.visit, token: token)
  }

  /// An error that the step has a route for, and a message that cancels it, leave it as a whole.
  mutating func leaveItems(_ place: Place, _ step: Step) -> Place {
    guard let frame = state.itemFrame(of: place.token) else { return place }
    return collapse(frame, step) ?? place
  }
}

extension Instance {
  /// The frame in which the token stands for an item; `nil` where it stands for no item.
  package func itemFrame(of token: Int) -> Frame? {
    tokens.first { $0.id == token }.flatMap { token in
      frames.first { $0.id == token.frame && $0.items != nil && $0.gateway == token.step }
    }
  }

  /// The index of the item that a token stands for.
  package func item(of token: Int) -> Int? {
    itemFrame(of: token) == nil ? nil : tokens.first { $0.id == token }?.branch
  }

  /// `item` in the expressions of the visit at a token.
  package func itemValue(of token: Int) -> Value? {
    guard let items = itemFrame(of: token)?.items, let index = item(of: token) else { return nil }
    return items.list[index].value
  }

  /// Who did something at a step: its latest finished visit, and items that have ended since.
  func workers(at step: Step) -> [PersonID] {
    let items = frames.first { $0.items != nil && $0.gateway == step.id }?.items
    return doers(of: step) + (items?.list.compactMap { $0.result?.by } ?? [])
  }

  /// Who did the latest finished visit of a step: of an `each`, everybody who did one of its items.
  func doers(of step: Step?) -> [PersonID] {
    guard let step, let result = results[step.id] else { return [] }
    guard step.each != nil, case .list(let rows) = result.output else { return result.by.map { [$0] } ?? [] }
    var doers: [PersonID] = []
    for row in rows {
      if let by = row["by"]?.stringValue, !doers.contains(by) { doers.append(by) }
    }
    return doers
  }
}
