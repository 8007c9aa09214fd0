import WorkflowEngine

/// A random process as a tree, so that a failing one can be made smaller by leaving parts out.
indirect enum Block: Sendable, CustomStringConvertible {
  case leaf(Leaf)
  /// Goes on, or ends its path here.
  case mayEnd
  /// Goes on, or leaves the innermost fork early.
  case mayLeave
  case sequence([Block])
  case choice([Block])
  case loop(Block)
  case fork(GatewayStep.Mode, JoinStep.Wait, [Block])

  static func random(depth: Int, inFork: Bool = false, _ random: inout SeededRandom) -> Block {
    guard depth > 0 else { return .leaf(Leaf.allCases.randomElement(using: &random) ?? .task) }
    func parts(_ inFork: Bool) -> [Block] {
      (0..<Int.random(in: 2...3, using: &random)).map { _ in Block.random(depth: depth - 1, inFork: inFork, &random) }
    }
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return .leaf(.task)
    case 1: return .mayEnd
    case 2 where inFork: return .mayLeave
    case 2, 3, 4: return .sequence(parts(inFork))
    case 5: return .choice(parts(inFork))
    case 6: return .loop(parts(inFork)[0])
    default:
      let mode: GatewayStep.Mode = random.once(in: 3) ? .inclusive : .parallel
      let wait: JoinStep.Wait = [.all, .all, .any, .count(2)].randomElement(using: &random) ?? .all
      return .fork(mode, wait, parts(true))
    }
  }

  /// What it may be replaced with to be smaller.
  var smaller: [Block] {
    switch self {
    case .leaf(.task): []
    case .leaf, .mayEnd, .mayLeave: [.leaf(.task)]
    case .sequence(let parts):
      parts + Self.without(parts, least: 1).map { .sequence($0) } + Self.shrunk(parts).map { .sequence($0) }
    case .choice(let parts):
      parts + Self.without(parts, least: 2).map { .choice($0) } + Self.shrunk(parts).map { .choice($0) }
    case .loop(let body): [body] + body.smaller.map { .loop($0) }
    case .fork(let mode, let wait, let parts):
      Self.without(parts, least: 2).map { .fork(mode, wait, $0) } + Self.shrunk(parts).map { .fork(mode, wait, $0) }
        + parts
    }
  }

  private static func without(_ parts: [Block], least: Int) -> [[Block]] {
    guard parts.count > least else { return [] }
    return parts.indices.map { index in parts.enumerated().filter { $0.offset != index }.map(\.element) }
  }

  private static func shrunk(_ parts: [Block]) -> [[Block]] {
    parts.indices.flatMap { index in
      parts[index].smaller.map { part in
        var copy = parts
        copy[index] = part
        return copy
      }
    }
  }

  var description: String {
    switch self {
    case .leaf(let leaf): leaf.rawValue
    case .mayEnd: "mayEnd"
    case .mayLeave: "mayLeave"
    case .sequence(let parts): "(\(parts.map(\.description).joined(separator: ", ")))"
    case .choice(let parts): "choice(\(parts.map(\.description).joined(separator: " | ")))"
    case .loop(let body): "loop(\(body))"
    case .fork(let mode, let wait, let parts): "\(mode)-\(wait)(\(parts.map(\.description).joined(separator: " || ")))"
    }
  }
}
