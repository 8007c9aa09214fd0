package import CEL

/// How the events of `each` fold.
extension Instance {
  mutating func open(_ opened: EachOpened) {
    let parent = tokens.remove(at: tokenIndex(opened.token))
    var frame = Frame(
      id: opened.frame, gateway: opened.step, parent: Frame.Parent(frame: parent.frame, branch: parent.branch),
      branches: [])
    frame.items = Items(visit: opened.visit, list: opened.items.map { Items.Item(value: $0) })
    frames.append(frame)
    lastFrame = opened.frame
  }

  mutating func enterItem(_ step: StepID, _ visit: Int, _ token: Int, _ frame: Int) {
    guard let index = frames.firstIndex(where: { $0.id == frame }), let items = frames[index].items else {
      preconditionFailure("\(id): event \(events) names frame \(frame), which holds no items")
    }
    tokens.append(Token(id: token, frame: frame, branch: items.entered, step: step, visit: visit))
    frames[index].items?.entered += 1
    counts[step] = visit
    lastToken = max(lastToken, token)
  }

  mutating func end(_ ended: ItemEnded) {
    visits.removeAll { $0.step == ended.step && $0.number == ended.visit }
    let token = tokens.remove(at: tokenIndex(ended.token))
    guard let index = frames.firstIndex(where: { $0.id == token.frame }) else { return }
    frames[index].items?.list[token.branch].result = ItemResult(
      outcome: ended.outcome, output: ended.output, by: ended.by)
  }
}
