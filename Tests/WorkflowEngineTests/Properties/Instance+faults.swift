@testable import WorkflowEngine

extension Instance {
  /// What may never be, whatever happened.
  var faults: [String] {
    var faults: [String] = []
    let open = Dictionary(frames.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    if open.count != frames.count { faults.append("two frames of one number") }
    if Set(tokens.map(\.id)).count != tokens.count { faults.append("two tokens of one number") }
    for token in tokens {
      if token.visit == nil { faults.append("token \(token.id) is ready and does not move") }
      guard let frame = open[token.frame] else {
        faults.append("token \(token.id) stands in a closed frame")
        continue
      }
      if let items = frame.items {
        if !items.list.indices.contains(token.branch) || items.list[token.branch].result != nil {
          faults.append("token \(token.id) stands in an item that has ended")
        }
      } else if frame.gateway != nil, frame.branches[token.branch].state != .live {
        faults.append("token \(token.id) stands in a branch that has ended")
      }
      if !visits.contains(where: { $0.token == token.id }) { faults.append("token \(token.id) waits for nothing") }
    }
    for visit in visits where !tokens.contains(where: { $0.id == visit.token && $0.visit == visit.number }) {
      faults.append("a visit of '\(visit.step)' without a token")
    }
    for frame in frames where frame.gateway != nil {
      faults += frame.items.map { self.faults(of: $0, in: frame) } ?? self.faults(of: frame, open)
    }
    if status.isEnded, !tokens.isEmpty || !visits.isEmpty || frames.count > 1 {
      faults.append("it has ended with \(tokens.count) tokens, \(visits.count) visits and \(frames.count) frames")
    }
    return faults
  }

  private func faults(of frame: Frame, _ open: [Int: Frame]) -> [String] {
    var faults: [String] = []
    if frame.parent.map({ open[$0.frame] == nil }) ?? true { faults.append("frame \(frame.id) lies in a closed frame") }
    for (index, branch) in frame.branches.enumerated() where branch.state == .live {
      let hasToken = tokens.contains { $0.frame == frame.id && $0.branch == index }
      let hasFrame = frames.contains { $0.parent == Frame.Parent(frame: frame.id, branch: index) }
      if !hasToken, !hasFrame { faults.append("branch \(index) of frame \(frame.id) is live and empty") }
    }
    if !frame.branches.contains(where: { $0.state == .live }) {
      faults.append("frame \(frame.id) is over and still open")
    }
    return faults
  }

  private func faults(of items: Items, in frame: Frame) -> [String] {
    var faults: [String] = []
    for index in 0..<items.entered where items.list[index].result == nil {
      let count = tokens.count { $0.frame == frame.id && $0.branch == index }
      if count != 1 { faults.append("item \(index) of frame \(frame.id) is live with \(count) tokens") }
    }
    if items.open == 0 { faults.append("frame \(frame.id) has no open item and is still there") }
    return faults
  }
}
