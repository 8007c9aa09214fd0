/// Turns the tree of a pattern into instructions (Thompson's construction). Repetitions are written out, so the size is
/// bounded here.
struct RegexAssembler {
  static let sizeLimit = 10_000

  private var program: [LinearRegex.Instruction] = []

  mutating func assemble(_ node: RegexNode) throws(RegexError) -> [LinearRegex.Instruction] {
    try append(node)
    try emit(.match)
    return program
  }

  @discardableResult
  private mutating func emit(_ instruction: LinearRegex.Instruction) throws(RegexError) -> Int {
    guard program.count < RegexAssembler.sizeLimit else {
      throw RegexError(message: "the pattern is too large: its repetitions multiply")
    }
    program.append(instruction)
    return program.count - 1
  }

  private mutating func append(_ node: RegexNode) throws(RegexError) {
    switch node {
    case .empty: break
    case .set(let set): try emit(.set(set))
    case .scalar(let scalar): try emit(.scalar(scalar))
    case .assertion(let assertion): try emit(.assert(assertion))
    case .sequence(let nodes):
      for node in nodes { try append(node) }
    case .choice(let branches): try appendChoice(branches)
    case .repetition(let node, let low, let high): try appendRepetition(node, low, high)
    }
  }

  private mutating func appendChoice(_ branches: [RegexNode]) throws(RegexError) {
    var ends: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index < branches.count - 1 else {
        try append(branch)
        break
      }
      let split = try emit(.match)
      try append(branch)
      ends.append(try emit(.match))
      program[split] = .split(split + 1, program.count)
    }
    for end in ends { program[end] = .jump(program.count) }
  }

  private mutating func appendRepetition(_ node: RegexNode, _ low: Int, _ high: Int?) throws(RegexError) {
    for _ in 0..<low { try appendCounted(node) }
    guard let high else {
      let split = try emit(.match)
      try append(node)
      try emit(.jump(split))
      program[split] = .split(split + 1, program.count)
      return
    }
    var splits: [Int] = []
    for _ in low..<high {
      splits.append(try emit(.match))
      try appendCounted(node)
    }
    for split in splits { program[split] = .split(split + 1, program.count) }
  }

  /// A repetition of nothing would loop here without growing the program.
  private mutating func appendCounted(_ node: RegexNode) throws(RegexError) {
    let before = program.count
    try append(node)
    if program.count == before { try emit(.jump(program.count + 1)) }
  }
}
